package pipebase.runtime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
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
        files.sweep();
        List<FlowSource> stored = new ArrayList<>(files.readAll());
        stored.sort(Comparator.comparing(flow -> !FlowShape.servesOthers(flow.yaml())));
        for (FlowSource flow : stored) {
            installed.put(flow.id(), running(flow, startAgain(flow)));
        }
    }

    /** One that does not start any more must not keep the others from running. It is there still, without a route. */
    private ModelPart startAgain(FlowSource flow) {
        try {
            return engine.start(flow);
        } catch (Exception | Error e) {
            LOG.warn("The flow \"{}\" does not start any more: {}", flow.id(), Complaint.of(e));
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
        InstalledFlow old = installed.get(flow.id());
        if (old != null) {
            engine.stop(old.part());
        }
        try {
            InstalledFlow now = startAndStore(flow);
            installed.put(flow.id(), now);
            return now;
        } catch (Exception | Error e) {
            restore(old);
            throw e;
        }
    }

    private InstalledFlow startAndStore(FlowSource flow) throws Exception {
        ModelPart part = start(flow);
        try {
            files.write(flow);
            return running(flow, part);
        } catch (Exception | Error e) {
            engine.stop(part);
            throw new Refusal(500, "The flow cannot be stored: " + e);
        }
    }

    /** It was taken in the rehearsal, so a failure is about the world: a server that is not there, a port that is held. */
    private ModelPart start(FlowSource flow) {
        try {
            return engine.start(flow);
        } catch (Exception | Error e) {
            throw new Refusal(400, "The flow does not start: " + Complaint.of(e));
        }
    }

    private void restore(InstalledFlow old) {
        if (old != null) {
            installed.put(old.source().id(), old.runningAs(startAgain(old.source())));
        }
    }

    /** The file first: where that fails, the flow goes on as before. */
    synchronized boolean remove(String id) throws Exception {
        InstalledFlow flow = installed.get(id);
        if (flow == null) {
            return false;
        }
        files.delete(id);
        engine.stop(flow.part());
        installed.remove(id);
        return true;
    }

    private Rehearsal.Result rehearse(FlowSource flow) {
        Rehearsal.Result result;
        try {
            result = rehearsal.perform(flow, partsBeside(flow.id()));
        } catch (Exception | StackOverflowError e) {
            throw new Refusal(400, "Camel does not take the flow: " + Complaint.of(e));
        }
        if (!result.hasRoutes()) {
            throw new Refusal(400, "The flow has no route.");
        }
        refuseTwins(result.routeIds());
        if (result.consumed().stream().anyMatch(ReservedPath::isClaimedBy)) {
            throw new Refusal(400, "A route claims a path under /_api, which belongs to the runtime itself.");
        }
        return result;
    }

    /** Camel runs two routes of templates whose placeholders make one id, and takes only one of them away again. */
    private static void refuseTwins(List<String> routeIds) {
        routeIds.stream().filter(id -> Collections.frequency(routeIds, id) > 1).findFirst().ifPresent(id -> {
            throw new Refusal(400, "Two routes of the flow have the id \"" + id + "\". Give one of them another id.");
        });
    }

    private List<ModelPart> partsBeside(String id) {
        return installed.values().stream().filter(flow -> !flow.source().id().equals(id)).map(InstalledFlow::part).toList();
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

    private InstalledFlow running(FlowSource flow, ModelPart part) throws IOException {
        return new InstalledFlow(flow, flow.hash(), files.lastModified(flow.id()), part);
    }
}
