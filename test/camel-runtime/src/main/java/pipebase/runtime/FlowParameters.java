package pipebase.runtime;

import java.util.Map;

import org.apache.camel.spi.PropertiesSource;

/**
 * The {@code params} of a PUT as properties of that flow alone. Camel knows properties of a whole context only; but it
 * resolves placeholders while it creates a route, on the thread that adds it, so what that thread is loading says whose
 * properties count.
 */
final class FlowParameters implements PropertiesSource {

    private final ThreadLocal<Map<String, String>> current = ThreadLocal.withInitial(Map::of);

    @FunctionalInterface
    interface Action<T> {
        T perform() throws Exception;
    }

    <T> T during(Map<String, String> params, Action<T> action) throws Exception {
        Map<String, String> outer = current.get();
        current.set(params);
        try {
            return action.perform();
        } finally {
            current.set(outer);
        }
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
