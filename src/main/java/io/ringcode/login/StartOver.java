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

    /** Where the application says who it is, nobody else can be; and a link is for the one it was made for. */
    static boolean isOpenTo(Login login) {
        return !login.done()
                && login.user() != null
                && switch (login.loginRequest().kind()) {
                    case SIGN_IN, SIGN_UP, CONSOLE -> true;
                    case SECOND_FACTOR, TICKET, PASSWORD_RESET -> false;
                };
    }

    void begin(HttpServletRequest request, HttpServletResponse response, Login login) {
        var fresh = logins.startOver(login, cookies.ensureBrowser(request, response));
        AuthorizationResponses.redirect(response, "/u/login?state=" + fresh.state());
    }
}
