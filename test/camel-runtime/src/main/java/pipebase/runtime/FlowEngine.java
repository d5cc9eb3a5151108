package pipebase.runtime;

import java.nio.charset.StandardCharsets;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.RestConfiguration;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** Starts and stops flows in a context that keeps running. */
final class FlowEngine {

    private final CamelContext context;
    private final FlowParameters parameters;

    FlowEngine(CamelContext context, FlowParameters parameters) {
        this.context = context;
        this.parameters = parameters;
    }

    /** Gives what the flow has put into the context. Where that fails, nothing of it is left there. */
    ModelPart start(FlowSource flow) throws Exception {
        // A context has one alone, which `restConfiguration` adds to: what a flow says there is for its own `rest`.
        context.setRestConfiguration(new RestConfiguration());
        ModelPart before = ModelPart.everythingIn(context);
        try {
            return parameters.during(flow.params(), () -> {
                PluginHelper.getRoutesLoader(context).loadRoutes(resourceOf(flow));
                return ModelPart.everythingIn(context).without(before);
            });
        } catch (Exception | Error e) {
            stop(ModelPart.everythingIn(context).without(before));
            throw e;
        }
    }

    void stop(ModelPart part) throws Exception {
        part.removeFrom(context);
    }

    /** Camel chooses the loader by what follows the first dot of the name, so an id with dots stands before the name. */
    private static Resource resourceOf(FlowSource flow) {
        return ResourceHelper.fromBytes(flow.id() + "/flow.camel.yaml", flow.yaml().getBytes(StandardCharsets.UTF_8));
    }
}
