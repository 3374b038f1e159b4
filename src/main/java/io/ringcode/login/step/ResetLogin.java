package io.ringcode.login.step;

import io.ringcode.session.Login;
import io.ringcode.user.PasswordResets;
import java.util.Map;

/**
 * What a sign-in by a link for a new password is asked with, in place of an application's parameters. It is stored in clear, so it
 * names the link by a key that does not open it.
 */
public final class ResetLogin {
    private static final String KEY = "reset";

    private ResetLogin() {}

    public static Map<String, String> parameters(PasswordResets.Good link) {
        return Map.of(KEY, link.key());
    }

    static String key(Login login) {
        return login.request().getOrDefault(KEY, "");
    }
}
