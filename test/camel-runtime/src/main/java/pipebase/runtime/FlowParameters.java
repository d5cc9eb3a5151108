package pipebase.runtime;

import java.util.Map;

import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * The {@code params} of a PUT as properties of that flow alone. Camel knows properties of a whole context only; but it
 * resolves placeholders while it creates a route, on the thread that adds it, so what that thread is loading says whose
 * properties count. Each step that is created meanwhile takes them along, for what asks when it is performed.
 */
final class FlowParameters implements PropertiesSource, InterceptStrategy {

    private final ThreadLocal<Map<String, String>> current = ThreadLocal.withInitial(Map::of);

    @FunctionalInterface
    interface Action<T, E extends Exception> {
        T perform() throws E;
    }

    <T, E extends Exception> T during(Map<String, String> params, Action<T, E> action) throws E {
        Map<String, String> outer = current.get();
        current.set(params);
        try {
            return action.perform();
        } finally {
            current.set(outer);
        }
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor step, Processor next) {
        Map<String, String> params = current.get();
        return new DelegateAsyncProcessor(step) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                return during(params, () -> super.process(exchange, callback));
            }
        };
    }

    @Override
    public String getName() {
        return "flow";
    }

    @Override
    public String getProperty(String name) {
        return current.get().get(name);
    }
}
