package pipebase.runtime;

import java.util.List;
import java.util.Map;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

/** Questions to Camel that no Pipebase runtime answers: for the tests that compare our reading of Camel with Camel. */
final class TestApi {

    private final DeployToken token;
    private final PlaceholderAnswers placeholders;
    private final Rehearsal rehearsal;

    TestApi(DeployToken token, PlaceholderAnswers placeholders, Rehearsal rehearsal) {
        this.token = token;
        this.placeholders = placeholders;
        this.rehearsal = rehearsal;
    }

    @FunctionalInterface
    private interface Question {
        JsonArray answer(JsonObject body);
    }

    void mount(Router router) {
        mount(router, "/_test/placeholders", this::placeholders);
        mount(router, "/_test/flows", this::flows);
    }

    private void mount(Router router, String path, Question question) {
        router.post(path).order(-5).handler(BodyHandler.create(false));
        router.post(path).order(-4).blockingHandler(request -> answer(request, question), false);
    }

    private void answer(RoutingContext request, Question question) {
        try {
            token.check(request.request().getHeader("authorization"));
            JsonArray answers = question.answer((JsonObject) ManagementApi.readJson(request));
            JsonAnswers.send(request, 200, answers.encode());
        } catch (RuntimeException | Error e) {
            JsonAnswers.sendFailure(request, e);
        }
    }

    /** {@code {"properties": {…}, "texts": […]}}. */
    private JsonArray placeholders(JsonObject body) {
        Map<String, String> properties = FlowSource.readParams(body.getValue("properties"));
        JsonArray answers = new JsonArray();
        body.getJsonArray("texts").forEach(text -> answers.add(placeholders.answer((String) text, properties)));
        return answers;
    }

    /** {@code {"flows": [{"yaml": …, "params": …}]}}: what Camel's loader says, without the rules of the API. */
    private JsonArray flows(JsonObject body) {
        JsonArray answers = new JsonArray();
        body.getJsonArray("flows").forEach(flow -> answers.add(verdict(FlowSource.fromBody("flow", flow))));
        return answers;
    }

    private JsonObject verdict(FlowSource flow) {
        try {
            Rehearsal.Result result = rehearsal.perform(flow, List.of());
            return new JsonObject().put("routeIds", new JsonArray(result.routeIds()));
        } catch (Exception | StackOverflowError e) {
            return new JsonObject().put("error", Complaint.of(e));
        }
    }
}
