package pipebase.runtime;

import java.util.Map;

import io.vertx.core.json.JsonObject;
import org.apache.camel.CamelContext;

/** What Camel's own resolver makes of texts with placeholders. */
final class PlaceholderAnswers {

    private final CamelContext context;
    private final FlowParameters parameters;

    PlaceholderAnswers(CamelContext context, FlowParameters parameters) {
        this.context = context;
        this.parameters = parameters;
        context.getRegistry().bind("foo", new Foo());
    }

    /** The bean of the vectors: {@code {{bean:foo.bar}}} is {@code BV}. */
    public static final class Foo {
        public String bar() {
            return "BV";
        }
    }

    /** {@code {"value": text or null}}, or {@code {"error": Camel's own words}}. */
    JsonObject answer(String text, Map<String, String> properties) {
        try {
            String value = parameters.during(properties, () -> context.resolvePropertyPlaceholders(text));
            return new JsonObject().put("value", value);
        } catch (Exception | StackOverflowError e) {
            return new JsonObject().put("error", String.valueOf(e.getMessage()));
        }
    }
}
