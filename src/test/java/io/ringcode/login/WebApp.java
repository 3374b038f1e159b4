package io.ringcode.login;

import io.ringcode.Answer;
import io.ringcode.TestTenant;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An application whose users sign in by redirect: the tenant's own, with its callback registered. */
public final class WebApp {
    public static final String CALLBACK = "https://app.example/callback";
    public static final String AFTER_LOGOUT = "https://app.example/bye";
    public static final String VERIFIER = "a-verifier-that-is-long-enough-for-the-rules-of-pkce";

    private final TestTenant tenant;

    private WebApp(TestTenant tenant) {
        this.tenant = tenant;
    }

    public static WebApp of(TestTenant tenant) {
        tenant.server()
                .bean(JdbcClient.class)
                .sql("""
                UPDATE client SET callbacks = ARRAY[:callback], properties = jsonb_build_object('allowed_logout_urls', jsonb_build_array(:bye))
                 WHERE tenant_id = :tenant AND id = :id
                """)
                .param("callback", CALLBACK)
                .param("bye", AFTER_LOGOUT)
                .param("tenant", tenant.id().value())
                .param("id", tenant.clientId())
                .update();
        return new WebApp(tenant);
    }

    /**
     * The address to send a user to.
     *
     * @param more names and values by turns, which replace the usual ones; an empty one leaves it out
     */
    public String authorize(String... more) {
        var parameters = new LinkedHashMap<>(Map.of(
                "client_id", tenant.clientId(),
                "redirect_uri", CALLBACK,
                "response_type", "code",
                "scope", "openid profile email offline_access",
                "state", "the state & more",
                "nonce", "n-0S6_WzA2Mj",
                "code_challenge", challenge(VERIFIER),
                "code_challenge_method", "S256"));
        for (int i = 0; i < more.length; i += 2) {
            if (more[i + 1].isEmpty()) parameters.remove(more[i]);
            else parameters.put(more[i], more[i + 1]);
        }
        var query = new StringBuilder("/authorize");
        parameters.forEach((name, value) -> query.append(query.indexOf("?") < 0 ? '?' : '&')
                .append(name)
                .append('=')
                .append(Browser.encode(value)));
        return query.toString();
    }

    public Answer exchange(String code, String... more) {
        var fields = new LinkedHashMap<>(Map.of("code", code, "redirect_uri", CALLBACK, "code_verifier", VERIFIER));
        for (int i = 0; i < more.length; i += 2) {
            if (more[i + 1].isEmpty()) fields.remove(more[i]);
            else fields.put(more[i], more[i + 1]);
        }
        return tenant.token(
                "authorization_code",
                fields.entrySet().stream()
                        .flatMap(field -> java.util.stream.Stream.of(field.getKey(), field.getValue()))
                        .toArray(String[]::new));
    }

    static String challenge(String verifier) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
