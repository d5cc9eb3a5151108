package pipebase.runtime;

import java.time.Instant;

/** A flow that runs. */
record InstalledFlow(FlowSource source, String hash, Instant lastModified, ModelPart part) {

    int routeCount() {
        return part.routeIds().size();
    }
}
