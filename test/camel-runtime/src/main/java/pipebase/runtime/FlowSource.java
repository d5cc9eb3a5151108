package pipebase.runtime;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

import io.vertx.core.json.JsonObject;

/** What a PUT brought: the YAML as received, and the values for its placeholders. */
record FlowSource(String id, String yaml, Map<String, String> params) {

    /** Reads the documented body, {@code {yaml, params?}}. */
    static FlowSource fromBody(String id, Object body) {
        if (!(body instanceof JsonObject json)) {
            throw new Refusal(400, "The body has to be a JSON object: {\"yaml\": \"…\", \"params\": {…}}.");
        }
        if (!(json.getValue("yaml") instanceof String yaml)) {
            throw new Refusal(400, "The body needs the text of the flow under \"yaml\".");
        }
        return new FlowSource(id, yaml, readParams(json.getValue("params")));
    }

    static Map<String, String> readParams(Object value) {
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof JsonObject json)) {
            throw new Refusal(400, "\"params\" has to be an object of texts.");
        }
        Map<String, String> params = new LinkedHashMap<>();
        json.forEach(entry -> params.put(entry.getKey(), readParam(entry.getKey(), entry.getValue())));
        return params;
    }

    private static String readParam(String key, Object value) {
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return String.valueOf(value);
        }
        throw new Refusal(400, "The parameter \"" + key + "\" has to be a text, a number or true or false.");
    }

    /** SHA-256 of the YAML received, UTF-8, in hex (canonical shapes). */
    String hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(yaml.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
