package io.ringcode.action;

import static java.nio.charset.StandardCharsets.UTF_8;

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
        public static final Denied FAILED = new Denied(ACCESS_DENIED, "The sign-in was refused.");

        /** A character takes up to twelve in the address that a redirect leads to, and proxies take some kilobytes of it. */
        private static final int LONGEST_REASON = 300;

        /** Errors are words (RFC 6749 section 5.2); of the reason, what can be stored and shown. */
        static Denied of(String error, String reason) {
            var told = readable(reason);
            return new Denied(
                    error.matches("[\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]{1,255}") ? error : ACCESS_DENIED,
                    told.isEmpty() ? FAILED.reason() : told);
        }

        /** An action's own words, as far as they can be stored and shown. */
        static String readable(String reason) {
            var told = new String(reason.getBytes(UTF_8), UTF_8)
                    .replaceAll("\\p{Cntrl}", " ")
                    .strip();
            return told.codePointCount(0, told.length()) > LONGEST_REASON
                    ? told.substring(0, told.offsetByCodePoints(0, LONGEST_REASON))
                    : told;
        }
    }
}
