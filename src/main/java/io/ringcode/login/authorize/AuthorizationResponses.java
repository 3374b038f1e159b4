package io.ringcode.login.authorize;

import io.ringcode.login.PageWriter;
import io.ringcode.login.authorize.AuthorizationRequest.ResponseMode;
import io.ringcode.login.page.Addresses;
import io.ringcode.login.page.EndScreen;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;
import tools.jackson.databind.ObjectMapper;

/**
 * Authorization responses: sends an application its answer in the response mode that it asked for (OAuth 2.0 Multiple Response Types, Form Post Response Mode, and
 * draft-sakimura-oauth-wmrm for messages between windows).
 */
@Component
public class AuthorizationResponses {
    /** Of what comes back in an address, as it is written there: half of what the header of an answer holds. */
    private static final int LONGEST_ECHOED = 8_192;

    private final PageWriter pages;
    private final ObjectMapper json;

    AuthorizationResponses(PageWriter pages, ObjectMapper json) {
        this.pages = pages;
        this.json = json;
    }

    /** @param issuer told in every answer, so that no answer is taken for another server's (RFC 9207) */
    void send(
            HttpServletRequest request,
            HttpServletResponse response,
            URI redirectUri,
            ResponseMode mode,
            @Nullable String state,
            String issuer,
            Map<String, String> answer)
            throws IOException {
        var fields = new LinkedHashMap<>(answer);
        if (state != null) fields.put("state", state);
        fields.put("iss", issuer);
        switch (mode) {
            case FORM_POST -> pages.write(request, response, 200, new EndScreen.FormPost(redirectUri, fields));
            case WEB_MESSAGE -> {
                var message = Map.of("type", "authorization_response", "response", fields);
                pages.write(
                        request,
                        response,
                        200,
                        new EndScreen.WebMessage(origin(redirectUri), json.writeValueAsString(message)));
            }
            case QUERY -> {
                var target = UriComponentsBuilder.fromUri(redirectUri);
                fields.forEach((name, value) -> target.queryParam(name, encoded(value)));
                redirect(response, target.build(true).toUriString());
            }
            case FRAGMENT -> {
                var pairs = new StringBuilder();
                fields.forEach((name, value) -> pairs.append(pairs.isEmpty() ? "" : "&")
                        .append(name)
                        .append('=')
                        .append(encoded(value)));
                redirect(response, redirectUri + "#" + pairs);
            }
        }
    }

    private static String origin(URI redirectUri) {
        var origin = Addresses.origin(redirectUri.toString());
        if (origin == null) throw new Unanswerable("A redirect_uri that is no web address gets no web_message.");
        return origin;
    }

    /** After a form, a 303 makes a GET of it (RFC 9110 section 15.4.4). */
    public static void redirect(HttpServletResponse response, String target) {
        response.setStatus(303);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader(HttpHeaders.LOCATION, target);
    }

    /** Whether an answer can carry the application's own words back, written as they will be: a letter is up to nine bytes. */
    public static boolean canCarry(Map<String, String> parameters) {
        return echoed(parameters.get("state")) + echoed(parameters.get("nonce")) <= LONGEST_ECHOED;
    }

    private static int echoed(@Nullable String value) {
        return value == null ? 0 : encoded(value).length();
    }

    static String encoded(String value) {
        return UriUtils.encode(value, java.nio.charset.StandardCharsets.UTF_8);
    }
}
