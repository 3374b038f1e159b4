package io.ringcode.login.page;

import io.ringcode.factor.FactorKind;
import io.ringcode.phone.Channel;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a page shows: all that its template needs, and nothing that it must look up. A form posts to the address of its
 * own screen, {@code /u/} and its {@link #name}; {@code action} says which of its buttons was pressed, {@code default}
 * being the one that Enter presses.
 */
public sealed interface Screen {
    /** The screen's name in addresses and among custom texts. */
    String name();

    /** The prompt that its custom texts are kept under. */
    String prompt();

    /** What was wrong with the last try; empty on first sight. */
    default List<Problem> problems() {
        return List.of();
    }

    /** Posts {@code username}, {@code password}. Links to {@code /u/signup}, where that is offered. */
    record LogIn(@Nullable String username, boolean signUpOffered, List<Problem> problems) implements Screen {
        @Override
        public String name() {
            return "login";
        }

        @Override
        public String prompt() {
            return "login";
        }
    }

    /** Posts {@code email}, {@code password}. Links to {@code /u/login}. */
    record SignUp(@Nullable String email, List<Problem> problems) implements Screen {
        @Override
        public String name() {
            return "signup";
        }

        @Override
        public String prompt() {
            return "signup";
        }
    }

    /**
     * A way to prove oneself, as lists of choices have it.
     *
     * @param channel by which a phone gets its code; null for other kinds, and where it is chosen on the next page
     * @param wire its {@code action}
     * @param text the name of its text
     */
    record Factor(FactorKind kind, @Nullable Channel channel, String wire, String text) {
        public static final Factor PHONE = new Factor(FactorKind.PHONE, null, "phone", "Phone");
        public static final Factor OTP = new Factor(FactorKind.APP, null, "otp", "OTP");
        public static final Factor RECOVERY_CODE =
                new Factor(FactorKind.RECOVERY_CODE, null, "recovery-code", "RecoveryCode");

        public static Factor over(Channel channel) {
            return new Factor(FactorKind.PHONE, channel, channel.wire(), channel.label());
        }
    }

    /**
     * Which factor to bind. {@code action} is the factor's wire name, or {@code skip}.
     *
     * @param skippable whether there is another factor left, so that this one is only advice
     */
    record EnrollOptions(List<Factor> factors, boolean skippable) implements Screen {
        @Override
        public String name() {
            return "mfa-begin-enroll-options";
        }

        @Override
        public String prompt() {
            return "mfa";
        }
    }

    /**
     * Posts {@code country} (ISO 3166 region), {@code phone} (national or international), and {@code type} ({@code sms}
     * or {@code voice}) as the button that was pressed. {@code pick-authenticator} leads to {@link EnrollOptions}. Says that phone codes are the
     * weaker factor, and offers the app where there is one.
     *
     * @param channels in the order in which they are offered; none where all were switched off since
     * @param country preselected; null for none
     * @param appOffered whether an authenticator app may be bound instead
     */
    record PhoneEnrollment(
            List<Channel> channels,
            List<Country> countries,
            @Nullable String country,
            @Nullable String phone,
            boolean appOffered,
            List<Problem> problems)
            implements Screen {
        @Override
        public String name() {
            return prompt() + "-enrollment";
        }

        @Override
        public String prompt() {
            return channels.size() != 1
                    ? "mfa-phone"
                    : "mfa-" + channels.getFirst().wire();
        }
    }

    /**
     * A country in the picker: {@code US}, its name in the page's language, {@code 1}.
     *
     * @param example a number as it is written there, such as {@code (201) 555-0123}; empty where none is known
     */
    record Country(String region, String name, int callingCode, String example) {}

    /**
     * Posts {@code type}, a channel. {@code pick-phone}, {@code pick-authenticator} lead elsewhere.
     *
     * @param channels a button for each, in this order
     */
    record PhoneChallenge(
            String maskedNumber,
            List<Channel> channels,
            boolean severalPhones,
            boolean otherFactors,
            List<Problem> problems)
            implements Screen {
        @Override
        public String name() {
            return "mfa-phone-challenge";
        }

        @Override
        public String prompt() {
            return "mfa-phone";
        }
    }

    /** The box "remember this browser". */
    enum Remember {
        HIDDEN,
        UNTICKED,
        TICKED
    }

    /** Where the message is, as far as is known. */
    enum MessageState {
        /** Not handed over yet. */
        SENDING,
        /** The carrier has it. */
        SENT,
        DELIVERED,
        /** It will not arrive. */
        FAILED
    }

    /**
     * Posts {@code code}, {@code rememberBrowser}. Other actions: {@code resend-code}, {@code switch-to-} and a channel,
     * {@code pick-phone} (another of several phones), {@code edit} (another number while
     * enrolling), {@code pick-authenticator}. {@code GET /u/message-state?state=…} answers
     * {@code {"state": "sending" | "sent" | "delivered" | "failed"}}.
     *
     * @param length digits of the code
     * @param others the other channels that are on
     * @param enrolling whether the phone is being bound now
     * @param resendAfter until asking again is allowed; zero when it is
     */
    record CodeChallenge(
            Channel channel,
            String maskedNumber,
            int length,
            List<Channel> others,
            boolean enrolling,
            boolean severalPhones,
            boolean otherFactors,
            Remember remember,
            Duration resendAfter,
            MessageState message,
            List<Problem> problems)
            implements Screen {
        private static final String SWITCH = "switch-to-";

        @Override
        public String name() {
            return prompt() + "-challenge";
        }

        @Override
        public String prompt() {
            return "mfa-" + channel.wire();
        }

        /** The action of the button that asks for the code by another channel. */
        public static String switchTo(Channel other) {
            return SWITCH + other.wire();
        }

        /** The channel that an action asks for: the present one again, unless it names another. */
        public static Channel wanted(String action, Channel present) {
            if (!action.startsWith(SWITCH)) return present;
            return Channel.of(action.substring(SWITCH.length())).orElse(present);
        }
    }

    /** {@code action} is {@code selection-action::} and the index; or {@code back-action}. */
    record PhoneList(List<String> maskedNumbers) implements Screen {
        @Override
        public String name() {
            return "mfa-sms-list";
        }

        @Override
        public String prompt() {
            return "mfa-sms";
        }
    }

    /** {@code action} is the factor's wire name; or {@code back-action}. */
    record LoginOptions(List<Factor> factors) implements Screen {
        @Override
        public String name() {
            return "mfa-login-options";
        }

        @Override
        public String prompt() {
            return "mfa";
        }
    }

    /**
     * Posts {@code code}. {@code pick-authenticator} leads to {@link EnrollOptions}.
     *
     * @param uri what the QR code says: {@code otpauth://…}
     * @param secret the same for typing, in groups of four
     */
    record AppEnrollment(String uri, String secret, boolean otherFactors, List<Problem> problems) implements Screen {
        @Override
        public String name() {
            return "mfa-otp-enrollment-qr";
        }

        @Override
        public String prompt() {
            return "mfa-otp";
        }
    }

    /** Posts {@code code}, {@code rememberBrowser}; {@code pick-authenticator}. */
    record AppChallenge(boolean otherFactors, Remember remember, List<Problem> problems) implements Screen {
        @Override
        public String name() {
            return "mfa-otp-challenge";
        }

        @Override
        public String prompt() {
            return "mfa-otp";
        }
    }

    /**
     * Posts {@code saved=on}. Offers to copy and to download the code.
     *
     * @param code shown this once, 24 characters
     * @param next whether it comes in place of one that was just used
     */
    record RecoveryCodeShown(String code, boolean next, List<Problem> problems) implements Screen {
        @Override
        public String name() {
            return next ? "mfa-recovery-code-challenge-new-code" : "mfa-recovery-code-enrollment";
        }

        @Override
        public String prompt() {
            return "mfa-recovery-code";
        }
    }

    /** Posts {@code code}; {@code pick-authenticator}. */
    record RecoveryCodeChallenge(boolean otherFactors, List<Problem> problems) implements Screen {
        @Override
        public String name() {
            return "mfa-recovery-code-challenge";
        }

        @Override
        public String prompt() {
            return "mfa-recovery-code";
        }
    }

    /** How an enrolment by ticket ended. */
    enum EnrollOutcome {
        ENROLLED,
        INVALID_TICKET,
        EXPIRED_TICKET,
        ALREADY_USED,
        ALREADY_ENROLLED,
        ERROR
    }

    record EnrollResult(EnrollOutcome outcome) implements Screen {
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
     * @param retryAfter until then; zero when only an administrator, or another factor, helps
     */
    record LockedOut(Duration retryAfter, boolean otherFactors) implements Screen {
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
        /** The server is not able to, now. */
        SERVER
    }

    /** @param detail for the application's developer, in English; null for none */
    record Failure(Trouble trouble, @Nullable String detail) implements Screen {
        @Override
        public String name() {
            return "error";
        }

        @Override
        public String prompt() {
            return "status";
        }
    }

    record LoggedOut() implements Screen {
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
    record WebMessage(String target, String message) implements Screen {
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
    record Onward(String address) implements Screen {
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
    record FormPost(URI target, Map<String, String> fields) implements Screen {
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
