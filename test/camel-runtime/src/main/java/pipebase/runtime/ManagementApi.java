package pipebase.runtime;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import org.apache.camel.CamelContext;

/** The management API in its canonical shapes, in front of whatever flows serve on the same port. */
final class ManagementApi {

    private static final int MAX_BODY_BYTES = 8 * 1024 * 1024;
    private static final Pattern FLOW_PATH = Pattern.compile("/_api/flows/([^/]+)");
    private static final Pattern FLOW_ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    private final DeployToken token;
    private final Flows flows;
    private final CamelContext context;

    ManagementApi(DeployToken token, Flows flows, CamelContext context) {
        this.token = token;
        this.flows = flows;
        this.context = context;
    }

    void mount(Router router) {
        router.errorHandler(400, request -> JsonAnswers.sendError(request, 400, "The path cannot be read."));
        router.errorHandler(404, request -> JsonAnswers.sendError(request, 404, "There is nothing at this path."));
        router.errorHandler(413, request -> JsonAnswers.sendError(request, 413, "The body is larger than 8 MiB."));
        router.route("/_api/*").order(-3).handler(this::admit);
        router.route("/_api/*").order(-2).handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES));
        router.route("/_api/*").order(-1).blockingHandler(this::answer, false);
    }

    private void admit(RoutingContext request) {
        try {
            if (!request.request().path().equals("/_api/health")) {
                token.check(request.request().getHeader("authorization"));
            }
            request.next();
        } catch (Refusal refusal) {
            JsonAnswers.sendFailure(request, refusal);
        }
    }

    private void answer(RoutingContext request) {
        try {
            route(request);
        } catch (Exception | Error e) {
            JsonAnswers.sendFailure(request, e);
        }
    }

    private void route(RoutingContext request) throws Exception {
        String path = request.request().path();
        String method = request.request().method().name();
        Matcher flow = FLOW_PATH.matcher(path);
        if (path.equals("/_api/health")) {
            refuseOtherThan(method, "GET");
            JsonAnswers.send(request, 200, health().encode());
        } else if (path.equals("/_api/flows")) {
            refuseOtherThan(method, "GET");
            JsonAnswers.send(request, 200, listFlows().encode());
        } else if (flow.matches()) {
            refuseOtherThan(method, "PUT", "DELETE");
            changeFlow(request, method, readId(flow.group(1)));
        } else {
            throw new Refusal(404, "This runtime has nothing at " + path + ".");
        }
    }

    private static void refuseOtherThan(String method, String... allowed) {
        if (!List.of(allowed).contains(method)) {
            throw new Refusal(405, method + " is not possible here, only " + String.join(", ", allowed) + ".");
        }
    }

    private JsonObject health() {
        JsonArray routes = new JsonArray();
        context.getRoutes().forEach(route -> routes.add(new JsonObject()
                .put("id", route.getId())
                .put("status", context.getRouteController().getRouteStatus(route.getId()).name())));
        return new JsonObject()
                .put("status", "UP")
                .put("uptime", Duration.ofMillis(context.getUptime().toMillis()).toMillis())
                .put("camelVersion", context.getVersion())
                .put("routes", routes);
    }

    private JsonArray listFlows() {
        JsonArray list = new JsonArray();
        for (InstalledFlow flow : flows.list()) {
            list.add(describe(flow).put("lastModified", flow.lastModified().toString()));
        }
        return list;
    }

    private static JsonObject describe(InstalledFlow flow) {
        return new JsonObject().put("id", flow.source().id()).put("hash", flow.hash())
                .put("routeCount", flow.routeCount());
    }

    private void changeFlow(RoutingContext request, String method, String id) throws Exception {
        if (method.equals("PUT")) {
            InstalledFlow flow = flows.put(FlowSource.fromBody(id, readJson(request)));
            JsonAnswers.send(request, 200, describe(flow).encode());
        } else if (flows.remove(id)) {
            request.response().setStatusCode(204).end();
        } else {
            throw new Refusal(404, "No flow \"" + id + "\" is deployed here.");
        }
    }

    static Object readJson(RoutingContext request) {
        try {
            return Json.decodeValue(request.body().buffer());
        } catch (DecodeException | NullPointerException e) {
            // The parser's own words quote the body, in which there may be secrets.
            throw new Refusal(400, "The body is not JSON.");
        }
    }

    private static String readId(String segment) {
        try {
            String id = URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
            if (FLOW_ID.matcher(id).matches()) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            // Half an escape: no id either.
        }
        throw new Refusal(400, "A flow id has 1 to 128 letters (A to Z), digits, dots, hyphens and underscores.");
    }
}
