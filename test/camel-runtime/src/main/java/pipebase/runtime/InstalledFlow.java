package pipebase.runtime;

import java.time.Instant;

/** A flow that runs. */
record InstalledFlow(FlowSource source, String hash, Instant lastModified, ModelPart part) {

    InstalledFlow runningAs(ModelPart other) {
        return new InstalledFlow(source, hash, lastModified, other);
    }

    int routeCount() {
        return part.routeIds().size();
    }
}
