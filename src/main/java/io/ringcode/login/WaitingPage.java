package io.ringcode.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringcode.database.DatabaseTrouble;
import io.ringcode.login.page.EndScreen.Failure;
import io.ringcode.login.page.EndScreen.Trouble;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * The page for a database that is away. It asks again by itself, also without JavaScript. What was typed is not sent again: the page
 * that is due then comes back empty.
 */
final class WaitingPage {
    private static final int SECONDS = 2;

    /** States of a sign-in are shorter; anything else is somebody's own. */
    private static final int LONGEST_STATE = 200;

    private WaitingPage() {}

    static void write(PageWriter pages, HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader(HttpHeaders.RETRY_AFTER, "" + DatabaseTrouble.RETRY_AFTER.toSeconds());
        var refresh = refresh(request);
        if (refresh != null) response.setHeader("Refresh", refresh);
        pages.writeWithoutTenant(request, response, 503, new Failure(Trouble.UNAVAILABLE, null));
    }

    /** @return null where going on would lead nowhere */
    private static @Nullable String refresh(HttpServletRequest request) {
        if (request.getMethod().equals("GET")) return "" + SECONDS;
        var path = request.getRequestURI();
        var state = request.getParameter("state");
        if (!path.matches("/u/[a-z-]{1,60}") || state == null || state.length() > LONGEST_STATE) return null;
        return SECONDS + ";url=" + path + "?state=" + URLEncoder.encode(state, UTF_8);
    }
}
