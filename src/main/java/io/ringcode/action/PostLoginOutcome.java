package io.ringcode.action;

/** What running the actions on a sign-in came to. */
public sealed interface PostLoginOutcome {
    /** They have run, up to the end or to a factor that one of them asks for by name. */
    record Decided(PostLogin decided) implements PostLoginOutcome {}

    /**
     * One of them refused the sign-in, and gave the application this error.
     *
     * @param reason its own words, for the application
     */
    record Denied(String error, String reason) implements PostLoginOutcome {
        public static final String ACCESS_DENIED = "access_denied";

        /** One of them failed. Its own words are for the log alone. */
        static final Denied FAILED = new Denied(ACCESS_DENIED, "The sign-in was refused.");
    }
}
