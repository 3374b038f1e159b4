package io.ringcode.session;

import org.jspecify.annotations.Nullable;

/**
 * A login request: what a sign-in is for, as far as its pages need to know. Stored as the column {@code wish}.
 *
 * @param loginHint who is expected, to be filled in beforehand; null when nobody said
 * @param uiLocales languages in order of preference, with blanks between (OpenID Connect Core section 3.1.2.1)
 * @param multiFactor whether the application insists on a second factor, whatever the tenant's policy and whichever
 *     browser is remembered
 * @param assurance what else the application asks of the second factor; null for nothing
 * @param audience the API that tokens are asked for, as {@link io.ringcode.client.Apis} knows it; null for none
 * @param connection the directory to sign in from; null for the usual one
 */
public record LoginRequest(
        Kind kind,
        @Nullable String loginHint,
        @Nullable String uiLocales,
        boolean multiFactor,
        @Nullable Assurance assurance,
        @Nullable String audience,
        @Nullable String connection) {

    /** The same, without who was expected. */
    LoginRequest forAnybody() {
        return new LoginRequest(kind, null, uiLocales, multiFactor, assurance, audience, connection);
    }

    public enum Assurance {
        /** That no page of another domain can have asked for the proof. */
        PHISHING_RESISTANT
    }

    /**
     * Whether the person says who it is, by a password. Elsewhere the application or a link says it, and whoever sits at the browser
     * can be nobody else.
     */
    public boolean openToAnybody() {
        return switch (kind) {
            case SIGN_IN, SIGN_UP, CONSOLE, ACCOUNT -> true;
            case SECOND_FACTOR, TICKET, PASSWORD_RESET -> false;
        };
    }

    public boolean phishingResistant() {
        return assurance == Assurance.PHISHING_RESISTANT;
    }

    public enum Kind {
        /** First factor, then the second where one is due. */
        SIGN_IN,
        /** The same, beginning with the page for new users. */
        SIGN_UP,
        /** An administrator comes to the console: as a sign-in, never without the second factor. */
        CONSOLE,
        /** Somebody comes to the page of the own methods: as a sign-in, never without the second factor, and it ends on that page. */
        ACCOUNT,
        /** The first factor is the application's affair, and so is who the user is: only the second is asked. */
        SECOND_FACTOR,
        /** An administrator's link: a user without a sign-in binds an authenticator. */
        TICKET,
        /** A link in a mail: whoever forgot a password sets another one, and proves the second factor before, where one is bound. */
        PASSWORD_RESET
    }
}
