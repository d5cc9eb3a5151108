package pipebase.runtime;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code PIPEBASE_DEPLOY_TOKEN}, read once at boot and compared in constant time (documented). */
record DeployToken(String text) {

    private static final Pattern BEARER = Pattern.compile("Bearer +(\\S+) *", Pattern.CASE_INSENSITIVE);

    /** The two error texts are documented. */
    void check(String header) {
        if (text.isEmpty()) {
            throw new Refusal(503, "PIPEBASE_DEPLOY_TOKEN not configured");
        }
        Matcher matcher = BEARER.matcher(header == null ? "" : header);
        String given = matcher.matches() ? matcher.group(1) : "";
        if (!MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_8))) {
            throw new Refusal(401, "unauthorized");
        }
    }
}
