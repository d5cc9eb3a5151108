package pipebase.runtime;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Answers in JSON, errors too. */
final class JsonAnswers {

    private JsonAnswers() {
    }

    static void send(RoutingContext request, int status, String json) {
        request.response().setStatusCode(status)
                .putHeader("content-type", "application/json; charset=utf-8")
                .putHeader("cache-control", "no-store")
                .end(json);
    }

    static void sendError(RoutingContext request, int status, String error) {
        if (!request.response().ended()) {
            send(request, status, new JsonObject().put("error", error).encode());
        }
    }

    static void sendFailure(RoutingContext request, Throwable failure) {
        if (failure instanceof Refusal refusal) {
            sendError(request, refusal.status(), refusal.getMessage());
        } else {
            sendError(request, 500, "The runtime failed: " + failure);
        }
    }
}
