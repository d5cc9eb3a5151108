package pipebase.runtime;

import java.util.List;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultRegistry;

/**
 * Loads a flow into a context of its own that consumes nothing and is thrown away, so that a flow which Camel does not
 * take never touches the one that runs.
 */
final class Rehearsal {

    private final CamelContext stage;
    private final FlowParameters parameters;

    Rehearsal(CamelContext stage, FlowParameters parameters) {
        this.stage = stage;
        this.parameters = parameters;
    }

    /** The routes that Camel made of it. */
    record Result(List<String> routeIds, List<Endpoint> consumed, boolean hasRoutes) {
    }

    /** Throws what Camel throws. The others are what runs beside the flow. */
    Result perform(FlowSource flow, List<ModelPart> others) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext(new DefaultRegistry(stage.getRegistry()))) {
            context.setAutoStartup(false);
            context.getShutdownStrategy().setTimeout(1);
            context.getPropertiesComponent().addPropertiesSource(parameters);
            context.start();
            for (ModelPart other : others) {
                other.lendTo(context);
            }
            ModelPart part = new FlowEngine(context, parameters).start(flow);
            List<Endpoint> consumed = context.getRoutes().stream().map(Route::getEndpoint).toList();
            return new Result(part.routeIds(), consumed, part.hasRoutes());
        }
    }
}
