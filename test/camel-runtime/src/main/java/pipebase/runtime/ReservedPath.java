package pipebase.runtime;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

import org.apache.camel.Endpoint;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.rest.RestEndpoint;

/** Paths under {@code /_api} are the runtime's own; a flow that claims one is rejected (documented). */
final class ReservedPath {

    private ReservedPath() {
    }

    /** Looks at what Camel made of the route, so that placeholders and parameters are in place. */
    static boolean isClaimedBy(Endpoint endpoint) {
        if (endpoint instanceof PlatformHttpEndpoint http) {
            return isReserved(http.getPath());
        }
        if (endpoint instanceof RestEndpoint rest) {
            String context = endpoint.getCamelContext().getRestConfiguration().getContextPath();
            return isReserved(String.join("/", text(context), text(rest.getPath()), text(rest.getUriTemplate())));
        }
        return false;
    }

    private static String text(String part) {
        return part == null ? "" : part;
    }

    /** Whether a server would take this path for one under {@code /_api}, however it is spelled. */
    static boolean isReserved(String path) {
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : path.split("[?]", 2)[0].split("/")) {
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        return !segments.isEmpty() && decode(segments.getFirst()).equals("_api");
    }

    private static String decode(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return segment;
        }
    }
}
