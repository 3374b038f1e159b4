package io.ringcode;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** What a server said. */
public record Answer(int status, JsonNode body, HttpResponse<String> whole) {
    static final ObjectMapper JSON = JsonMapper.builder().build();

    static Answer of(HttpResponse<String> response) {
        var body = response.body();
        return new Answer(
                response.statusCode(), body.isBlank() ? JSON.createObjectNode() : JSON.readTree(body), response);
    }

    /** A member's text; empty where it is not there. */
    public String text(String member) {
        return body.path(member).asString("");
    }

    public String error() {
        return status + " " + text("error") + ": " + text("error_description");
    }

    public long retryAfter() {
        return whole.headers().firstValueAsLong("Retry-After").orElse(-1);
    }

    /** The claims of a JWT in this answer, unverified. */
    public JsonNode claims(String member) {
        var part = text(member).split("\\.", -1)[1];
        return JSON.readTree(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
    }
}
