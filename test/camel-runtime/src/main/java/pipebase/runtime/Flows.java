package pipebase.runtime;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The flows that are installed, running and on disk. One change after the other. */
final class Flows {

    private static final Logger LOG = LoggerFactory.getLogger(Flows.class);

    private final FlowEngine engine;
    private final Rehearsal rehearsal;
    private final FlowFiles files;
    private final Map<String, InstalledFlow> installed = new TreeMap<>();

    Flows(FlowEngine engine, Rehearsal rehearsal, FlowFiles files) {
        this.engine = engine;
        this.rehearsal = rehearsal;
        this.files = files;
    }

    synchronized void loadStored() throws IOException {
        for (FlowSource flow : files.readAll()) {
            installed.put(flow.id(), running(flow, startStored(flow)));
        }
    }

    /** One that does not start any more must not keep the others from running. It is there still, without a route. */
    private ModelPart startStored(FlowSource flow) {
        try {
            return engine.start(flow);
        } catch (Exception e) {
            LOG.warn("The stored flow \"{}\" does not start: {}", flow.id(), Complaint.of(e));
            return ModelPart.NOTHING;
        }
    }

    synchronized Collection<InstalledFlow> list() {
        return List.copyOf(installed.values());
    }

    /** Installs or replaces. A {@link Refusal} leaves what was running as it was. */
    synchronized InstalledFlow put(FlowSource flow) throws Exception {
        FlowShape.check(flow.yaml());
        refuseConflict(flow.id(), rehearse(flow).routeIds());
        InstalledFlow old = installed.remove(flow.id());
        if (old != null) {
            engine.stop(old.part());
        }
        try {
            ModelPart part = engine.start(flow);
            files.write(flow);
            InstalledFlow now = running(flow, part);
            installed.put(flow.id(), now);
            return now;
        } catch (Exception e) {
            // It was taken in the rehearsal, so this is about the world: a server that is not there, a port that is held.
            restore(old);
            throw new Refusal(400, "The flow does not start: " + Complaint.of(e));
        }
    }

    synchronized boolean remove(String id) throws Exception {
        InstalledFlow flow = installed.remove(id);
        if (flow == null) {
            return false;
        }
        engine.stop(flow.part());
        files.delete(id);
        return true;
    }

    private Rehearsal.Result rehearse(FlowSource flow) {
        Rehearsal.Result result;
        try {
            result = rehearsal.perform(flow);
        } catch (Exception e) {
            throw new Refusal(400, "Camel does not take the flow: " + Complaint.of(e));
        }
        if (!result.hasRoutes()) {
            throw new Refusal(400, "The flow has no route.");
        }
        if (result.consumed().stream().anyMatch(ReservedPath::isClaimedBy)) {
            throw new Refusal(400, "A route claims a path under /_api, which belongs to the runtime itself.");
        }
        return result;
    }

    private void refuseConflict(String id, List<String> routeIds) {
        for (InstalledFlow other : installed.values()) {
            if (other.source().id().equals(id)) {
                continue;
            }
            other.part().routeIds().stream().filter(routeIds::contains).findFirst().ifPresent(shared -> {
                throw new Refusal(409, "The route id \"" + shared + "\" is taken by the flow \"" + other.source().id()
                        + "\". Give the route another id.");
            });
        }
    }

    private void restore(InstalledFlow old) throws Exception {
        if (old == null) {
            return;
        }
        ModelPart part = engine.start(old.source());
        installed.put(old.source().id(), new InstalledFlow(old.source(), old.hash(), old.lastModified(), part));
    }

    private InstalledFlow running(FlowSource flow, ModelPart part) throws IOException {
        return new InstalledFlow(flow, flow.hash(), files.lastModified(flow.id()), part);
    }
}
