package io.ringcode.login.page;

import io.ringcode.fraud.ProofOfWork;
import io.ringcode.phone.Channel;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pages of phones: the number, the channel, the code. */
public sealed interface PhoneScreen extends Screen {
    /**
     * Posts {@code country} (ISO 3166 region), {@code phone} (national or international), and {@code type} ({@code sms}
     * or {@code voice}) as the button that was pressed. {@code pick-authenticator} leads to {@link Screen.EnrollOptions}. Says that phone codes are the
     * weaker factor, and offers the app where there is one.
     *
     * @param channels in the order in which they are offered; none where all were switched off since
     * @param country preselected; null for none
     * @param appOffered whether an authenticator app may be bound instead
     * @param shown what the form carries, so that it is known how long the page was shown
     */
    record PhoneEnrollment(
            List<Channel> channels,
            List<Country> countries,
            @Nullable String country,
            @Nullable String phone,
            boolean appOffered,
            String shown,
            List<Problem> problems)
            implements PhoneScreen {
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
     * @param main whether it is the first of several with its calling code, as the United Kingdom is of {@code 44}
     * @param otherNames by which people look for it: in English, short, former; with bars between
     * @param example a number as it is written there, such as {@code (201) 555-0123}; empty where none is known
     */
    record Country(String region, String name, int callingCode, boolean main, String otherNames, String example) {}

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
            implements PhoneScreen {
        @Override
        public String name() {
            return "mfa-phone-challenge";
        }

        @Override
        public String prompt() {
            return "mfa-phone";
        }
    }

    /**
     * Posts {@code altcha}, the solution of a challenge by ALTCHA's protocol, which the page's script finds; or, without a script and
     * after a wait, {@code waited}. {@code pick-authenticator} leads elsewhere.
     *
     * @param waited what the form carries for who waits
     */
    record ProvePerson(ProofOfWork.Challenge challenge, String waited, boolean otherFactors, List<Problem> problems)
            implements PhoneScreen {
        @Override
        public String name() {
            return "mfa-phone-proof";
        }

        @Override
        public String prompt() {
            return "mfa-phone";
        }

        /** How long the wait is, in seconds. */
        public long waitSeconds() {
            return ProofOfWork.WAIT.toSeconds();
        }
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
     * @param wholeNumber of the phone that is being bound, as people read it, so that a slip is seen; null where the phone is bound,
     *     because then it may be somebody else who looks
     * @param length digits of the code
     * @param others the other channels that are on
     * @param enrolling whether the phone is being bound now
     * @param over whether the code is good no more, so that only a new one helps
     * @param remember null where it is not offered
     * @param passkey what the browser is asked for beside the code, as {@code PublicKeyCredentialRequestOptionsJSON}; null for nothing. It posts
     *     {@code passkey} with {@code response}
     * @param resendAfter until asking again is allowed; zero when it is
     */
    record CodeChallenge(
            Channel channel,
            String maskedNumber,
            @Nullable String wholeNumber,
            int length,
            List<Channel> others,
            boolean enrolling,
            boolean severalPhones,
            boolean otherFactors,
            Screen.@Nullable Remember remember,
            Duration resendAfter,
            MessageState message,
            boolean over,
            @Nullable String passkey,
            List<Problem> problems)
            implements PhoneScreen {
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
    record PhoneList(List<String> maskedNumbers) implements PhoneScreen {
        @Override
        public String name() {
            return "mfa-sms-list";
        }

        @Override
        public String prompt() {
            return "mfa-sms";
        }
    }
}
