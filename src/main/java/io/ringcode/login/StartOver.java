package io.ringcode.login;

import io.ringcode.login.authorize.AuthorizationResponses;
import io.ringcode.session.Login;
import io.ringcode.session.Logins;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Component;

/** "Not you?": ends a sign-in, and begins the same one anew for whoever sits at the browser. */
@Component
class StartOver {
    private final Logins logins;
    private final Cookies cookies;

    StartOver(Logins logins, Cookies cookies) {
        this.logins = logins;
        this.cookies = cookies;
    }

    static boolean isOpenTo(Login login) {
        return !login.done() && login.user() != null && login.loginRequest().openToAnybody();
    }

    void begin(HttpServletRequest request, HttpServletResponse response, Login login) {
        var fresh = logins.startOver(login, cookies.ensureBrowser(request, response));
        AuthorizationResponses.redirect(response, "/u/login?state=" + fresh.state());
    }
}
