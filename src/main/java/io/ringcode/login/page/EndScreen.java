package io.ringcode.login.page;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a sign-in or an enrollment ends, and what went wrong. */
public sealed interface EndScreen extends Screen {
    /** How an enrolment by ticket ended. */
    enum EnrollOutcome {
        ENROLLED,
        INVALID_TICKET,
        EXPIRED_TICKET,
        ALREADY_USED,
        ALREADY_ENROLLED,
        ERROR
    }

    record EnrollResult(EnrollOutcome outcome) implements EndScreen {
        @Override
        public String name() {
            return "mfa-enroll-result";
        }

        @Override
        public String prompt() {
            return "mfa";
        }
    }

    /**
     * Too many wrong codes. Says when another try is free. {@code action} may be {@code pick-authenticator}.
     *
     * @param retryAfter until then, no longer positive once another try is free; null when only an administrator, or another
     *     factor, helps
     * @param numberChangeable whether the phone that is being bound may be another one: {@code edit}
     * @param severalPhones whether another of the user's phones may get a code: {@code pick-phone}
     */
    record LockedOut(
            @Nullable Duration retryAfter, boolean otherFactors, boolean numberChangeable, boolean severalPhones)
            implements EndScreen {
        @Override
        public String name() {
            return "mfa-locked";
        }

        @Override
        public String prompt() {
            return "mfa";
        }
    }

    /** Why a sign-in cannot go on. */
    enum Trouble {
        /** Too old, another browser's, or never begun. */
        GONE,
        /** The application's request is wrong in a way that it cannot be told of. */
        BAD_REQUEST,
        /** A second factor is due, and there is none that the user could use or bind. */
        NO_FACTOR,
        /** A second factor is due, and all that the user has bound is switched off. */
        FACTOR_OFF,
        /** An action of the tenant refused it, and there is no application to tell. */
        REFUSED,
        /** The server is not able to, now. */
        SERVER,
        /** The server cannot reach its data; the page tries again by itself. */
        UNAVAILABLE
    }

    /** @param detail for the application's developer, in English; null for none */
    record Failure(Trouble trouble, @Nullable String detail) implements EndScreen {
        @Override
        public String name() {
            return "error";
        }

        @Override
        public String prompt() {
            return "status";
        }
    }

    /** A link for a new password is on its way, if there is such a user. Links to {@code /u/login}. */
    record ResetSent() implements EndScreen {
        @Override
        public String name() {
            return "reset-password-email";
        }

        @Override
        public String prompt() {
            return RESET;
        }
    }

    /** How a link for a new password ended. */
    enum ResetOutcome {
        SUCCESS,
        /** Used before, too old, or never there. */
        INVALID
    }

    record ResetResult(ResetOutcome outcome) implements EndScreen {
        @Override
        public String name() {
            return "reset-password-result";
        }

        @Override
        public String prompt() {
            return RESET;
        }
    }

    /** Where the link of a notice stands. */
    enum Denial {
        /** One more click is needed. */
        ASKED,
        DONE,
        /** Used before, too old, or never there. */
        OVER
    }

    /**
     * "Not me". Posts {@code t} where it asks.
     *
     * @param token of the link
     */
    record NotMe(Denial denial, String token) implements EndScreen {
        @Override
        public String name() {
            return "not-me";
        }

        @Override
        public String prompt() {
            return "not-me";
        }

        @Override
        public String toString() {
            return "NotMe[" + denial + "]";
        }
    }

    record LoggedOut() implements EndScreen {
        @Override
        public String name() {
            return "logged-out";
        }

        @Override
        public String prompt() {
            return "logout";
        }
    }

    /**
     * Hands the answer to the window that opened this one, or that has it in a frame, if it is of this origin.
     *
     * @param target an origin
     * @param message JSON
     */
    record WebMessage(String target, String message) implements EndScreen {
        /** The moment is the same as with a form, and so are the words. */
        @Override
        public String name() {
            return "form-post";
        }

        @Override
        public String prompt() {
            return "status";
        }
    }

    /**
     * Goes on by itself, without a form: browsers hold all redirects after a form to what its page allows (CSP form-action),
     * and where an application leads after its callback is its own affair.
     *
     * @param address of this server, which answers the application
     */
    record Onward(String address) implements EndScreen {
        @Override
        public String name() {
            return "form-post";
        }

        @Override
        public String prompt() {
            return "status";
        }
    }

    /** Sends the answer to the application by itself; a button does it without JavaScript. */
    record FormPost(URI target, Map<String, String> fields) implements EndScreen {
        @Override
        public String name() {
            return "form-post";
        }

        @Override
        public String prompt() {
            return "status";
        }
    }
}
