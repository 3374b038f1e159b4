package io.ringcode.login.step;

import io.ringcode.session.Login;
import java.util.Map;

/** What a sign-in by a link for a new password is asked with, in place of an application's parameters. */
public final class ResetLogin {
    private static final String TICKET = "ticket";

    private ResetLogin() {}

    public static Map<String, String> parameters(String ticket) {
        return Map.of(TICKET, ticket);
    }

    static String ticket(Login login) {
        return login.request().getOrDefault(TICKET, "");
    }
}
