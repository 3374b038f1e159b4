package io.ringcode.login;

import io.ringcode.login.AuthorizationRequest.ResponseMode;
import io.ringcode.login.page.Screen;
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

/** Sends an application its answer, in the way it asked for (OAuth 2.0 Multiple Response Types, Form Post Response Mode). */
@Component
class Answers {
    private final PageWriter pages;

    Answers(PageWriter pages) {
        this.pages = pages;
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
            case FORM_POST -> pages.write(request, response, 200, new Screen.FormPost(redirectUri, fields));
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

    /** After a form, a 303 makes a GET of it (RFC 9110 section 15.4.4). */
    static void redirect(HttpServletResponse response, String target) {
        response.setStatus(303);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader(HttpHeaders.LOCATION, target);
    }

    private static String encoded(String value) {
        return UriUtils.encode(value, java.nio.charset.StandardCharsets.UTF_8);
    }
}
