package io.ringcode.authorization;

import io.ringcode.challenge.Started;
import io.ringcode.challenge.Started.CannotSend;
import io.ringcode.challenge.Started.CarrierRefused;
import io.ringcode.challenge.Started.CodeSent;
import io.ringcode.challenge.Started.NotAdmitted;
import io.ringcode.challenge.Started.NumberRefused;
import io.ringcode.challenge.Started.ProofWanted;
import io.ringcode.fraud.Admission.Denied;

/** Why no code is on its way, as the caller is told. */
public final class SendRefusals {
    private SendRefusals() {}

    public static OAuthRefused of(Started started) {
        return switch (started) {
            case NotAdmitted(var _, var denied) -> of(denied);
            case ProofWanted(var _, var otherwise) -> of(otherwise);
            case NumberRefused(var _, var _, var reason) -> new OAuthRefused(OAuthError.NUMBER_NOT_TRUSTED, reason);
            case CannotSend(var reason) -> new OAuthRefused(OAuthError.CANNOT_SEND, reason);
            case CarrierRefused(var _, var fault) ->
                new OAuthRefused(
                        switch (fault) {
                            case NUMBER -> OAuthError.INVALID_PHONE;
                            case OPT_OUT -> OAuthError.OPTED_OUT;
                            case VENDOR, ACCOUNT, REQUEST -> OAuthError.CARRIER_REFUSED;
                        });
            case CodeSent _ -> throw new IllegalArgumentException("A code that was sent is no refusal");
        };
    }

    private static OAuthRefused of(Denied denied) {
        return switch (denied.rule()) {
            case NUMBER_KIND -> new OAuthRefused(OAuthError.NUMBER_KIND_NOT_PERMITTED);
            case COUNTRY -> new OAuthRefused(OAuthError.COUNTRY_NOT_PERMITTED);
            case BRAKE -> new OAuthRefused(OAuthError.SENDING_STOPPED);
            case BUDGET -> new OAuthRefused(OAuthError.BUDGET_USED_UP, denied.retryAfter());
            case USER -> new OAuthRefused(OAuthError.TOO_MANY_MESSAGES_OF_USER, denied.retryAfter());
            case ADJACENT_NUMBERS,
                    NUMBER_RANGE,
                    COUNTRY_TRAFFIC,
                    ADDRESS_TRAFFIC,
                    NUMBER_WAIT,
                    ACCOUNT_NUMBERS,
                    NUMBER_ACCOUNTS -> new OAuthRefused(OAuthError.NOT_SENT_AT_PRESENT, denied.retryAfter());
            case PAUSE, DELAY, NUMBER, ADDRESS, ENROLLMENT_NUMBER, ENROLLMENT_ADDRESS, TENANT ->
                new OAuthRefused(OAuthError.TOO_MANY_MESSAGES, denied.retryAfter());
        };
    }
}
