package io.ringcode.login.step;

import io.ringcode.challenge.Started;
import io.ringcode.challenge.Started.CannotSend;
import io.ringcode.challenge.Started.CarrierRefused;
import io.ringcode.challenge.Started.CodeSent;
import io.ringcode.challenge.Started.NotAdmitted;
import io.ringcode.challenge.Started.NumberRefused;
import io.ringcode.challenge.Started.ProofWanted;
import io.ringcode.fraud.Admission.Denied;
import io.ringcode.login.page.Problem;
import io.ringcode.phone.Channel;
import java.util.Map;

/** The problems that a page shows when no code could be sent. */
final class SendProblems {
    private SendProblems() {}

    static Problem problem(Started started, Channel channel) {
        return switch (started) {
            case NotAdmitted(var _, var denied) -> problem(denied, channel);
            case ProofWanted(var _, var otherwise) -> problem(otherwise, channel);
            case NumberRefused(var _, var instead, var _) ->
                Problem.of(
                        "phone",
                        switch (instead) {
                            case ANY -> "number-not-trusted";
                            case OTHER_FACTOR -> "other-factor-asked";
                        });
            case CannotSend(var _) -> Problem.of("phone", channel.wire() + "-authenticator-error");
            case CarrierRefused(var _, var fault) ->
                Problem.of(
                        "phone",
                        switch (fault) {
                            case NUMBER -> "invalid-phone";
                            case OPT_OUT -> "opted-out";
                            case VENDOR, ACCOUNT, REQUEST -> "send-" + channel.wire() + "-failed";
                        });
            case CodeSent _ -> throw new IllegalArgumentException("A code that was sent is no problem");
        };
    }

    private static Problem problem(Denied denied, Channel channel) {
        return switch (denied.rule()) {
            case NUMBER_KIND -> Problem.of("phone", "number-kind-not-permitted");
            case COUNTRY -> Problem.of("phone", "country-not-permitted");
            case BRAKE -> Problem.of("phone", "sending-stopped");
            case BUDGET -> new Problem("phone", "sending-stopped-until", WaitTexts.values(denied.retryAfter()));
            case PAUSE ->
                new Problem(
                        "",
                        "resend-too-soon",
                        Map.of("seconds", "" + denied.retryAfter().toSeconds()));
            case ADJACENT_NUMBERS,
                    NUMBER_RANGE,
                    COUNTRY_TRAFFIC,
                    ADDRESS_TRAFFIC,
                    NUMBER_WAIT,
                    ACCOUNT_NUMBERS,
                    NUMBER_ACCOUNTS ->
                denied.retryAfter().isZero()
                        ? Problem.of("phone", "not-sent-at-present")
                        : new Problem("phone", "not-sent-until", WaitTexts.values(denied.retryAfter()));
            case USER, DELAY, NUMBER, ADDRESS, ENROLLMENT_NUMBER, ENROLLMENT_ADDRESS, TENANT ->
                new Problem("phone", "too-many-" + channel.wire(), WaitTexts.values(denied.retryAfter()));
        };
    }
}
