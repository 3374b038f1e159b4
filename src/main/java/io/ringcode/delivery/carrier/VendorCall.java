package io.ringcode.delivery.carrier;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLDecoder;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * A webhook request from a carrier, as it came.
 *
 * @param url as the carrier called it: the public address, with its query
 * @param headers by name in lower case
 * @param receivedAt by the injected clock
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares calls
public record VendorCall(String method, URI url, Map<String, String> headers, byte[] body, Instant receivedAt) {
    /** @return empty text where it is absent */
    public String header(String lowerCaseName) {
        return headers.getOrDefault(lowerCaseName, "");
    }

    public String text() {
        return new String(body, UTF_8);
    }

    /** The body as JSON; a missing node where it is none. */
    public JsonNode json(ObjectMapper json) {
        try {
            return json.readTree(body);
        } catch (JacksonException garbage) {
            return MissingNode.getInstance();
        }
    }

    /** The body as a form; the last one of a name. */
    public Map<String, String> form() {
        return fields(text());
    }

    public Map<String, String> query() {
        var query = url.getRawQuery();
        return fields(query == null ? "" : query);
    }

    /** Whether a moment is further from now than a signature may be, in either direction. */
    public boolean isBeyond(Duration tolerance, Instant signedAt) {
        return Duration.between(signedAt, receivedAt).abs().compareTo(tolerance) > 0;
    }

    private static Map<String, String> fields(String encoded) {
        var fields = new LinkedHashMap<String, String>();
        for (var field : encoded.split("&", -1)) {
            var parts = field.split("=", 2);
            var name = decoded(parts[0]);
            var value = decoded(parts.length < 2 ? "" : parts[1]);
            if (name != null && !name.isEmpty() && value != null) fields.put(name, value);
        }
        return fields;
    }

    private static @Nullable String decoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException garbage) {
            return null;
        }
    }

    @Override
    public String toString() {
        return "VendorCall[" + method + "]";
    }
}
