package io.ringcode.login;

import io.ringcode.authorization.Issuers;
import io.ringcode.secret.RandomText;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/**
 * The three cookies of the sign-in pages: which browser this is, who is signed in, and which second factors are
 * remembered. Behind TLS they have the {@code __Host-} prefix (RFC 6265bis section 4.1.3.2), and the session's one goes
 * along into frames of other sites, because applications renew their tokens in one.
 */
@Component
public class Cookies {
    private static final Duration REMEMBERED = Duration.ofDays(90);

    private final Issuers issuers;
    private final RandomText random;

    Cookies(Issuers issuers, RandomText random) {
        this.issuers = issuers;
        this.random = random;
    }

    /** The secret that ties a sign-in to this browser; empty for one that has none yet. */
    public Optional<String> browser(HttpServletRequest request) {
        return Optional.ofNullable(value(request, "browser"));
    }

    /** The same, given now where there is none. */
    public String ensureBrowser(HttpServletRequest request, HttpServletResponse response) {
        var known = value(request, "browser");
        if (known != null) return known;
        var secret = random.mixed(43);
        set(request, response, "browser", secret, null);
        return secret;
    }

    @Nullable
    public String session(HttpServletRequest request) {
        return value(request, "session");
    }

    void setSession(HttpServletRequest request, HttpServletResponse response, String token) {
        set(request, response, "session", token, null);
    }

    void endSession(HttpServletRequest request, HttpServletResponse response) {
        set(request, response, "session", "", Duration.ZERO);
    }

    /** What this browser is told apart by, for who has signed in there before; null for one that has nothing of ours. */
    @Nullable
    public String remembered(HttpServletRequest request) {
        return value(request, "remembered");
    }

    String ensureRemembered(HttpServletRequest request, HttpServletResponse response) {
        var known = value(request, "remembered");
        var secret = known == null ? random.mixed(43) : known;
        set(request, response, "remembered", secret, REMEMBERED);
        return secret;
    }

    private @Nullable String value(HttpServletRequest request, String what) {
        var cookies = request.getCookies();
        if (cookies == null) return null;
        var name = name(request, what);
        for (Cookie cookie : cookies)
            if (cookie.getName().equals(name) && cookie.getValue().matches("[0-9A-Za-z]{43}")) return cookie.getValue();
        return null;
    }

    /** @param life null for as long as the browser stays open */
    private void set(
            HttpServletRequest request,
            HttpServletResponse response,
            String what,
            String value,
            @Nullable Duration life) {
        var secure = secure(request);
        var cookie = ResponseCookie.from(name(request, what), value)
                .path("/")
                .httpOnly(true)
                .secure(secure)
                .sameSite(secure && what.equals("session") ? "None" : "Lax");
        if (life != null) cookie.maxAge(life);
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.build().toString());
    }

    private String name(HttpServletRequest request, String what) {
        return (secure(request) ? "__Host-ringcode-" : "ringcode-") + what;
    }

    private boolean secure(HttpServletRequest request) {
        return issuers.of(request).startsWith("https:");
    }
}
