package io.ringcode.login.step;

import io.ringcode.session.Login;
import java.time.Instant;
import java.util.Map;

/** What a sign-in to the page of one's own methods is begun with, in place of an application's parameters. */
public final class AccountLogin {
    private static final String PROVED_AT = "proved_at";

    private AccountLogin() {}

    /** @param provedAt when what the browser's session stands on was proved; now, where it has none that is enough */
    public static Map<String, String> parameters(Instant provedAt) {
        return Map.of(PROVED_AT, provedAt.toString());
    }

    /**
     * Since when what was proved counts, at the latest: what is done on the page is no proof, and must not keep a session young that is
     * old.
     */
    static Instant provedAt(Login login) {
        return Instant.parse(login.request().getOrDefault(PROVED_AT, Instant.EPOCH.toString()));
    }
}
