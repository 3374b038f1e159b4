package io.ringcode.delivery.aws;

import io.ringcode.delivery.FailureCause;
import io.ringcode.delivery.carrier.CredentialCheckResult;
import io.ringcode.delivery.http.CarrierAnswer;
import java.util.Set;

/** Error codes of Amazon's services, and the reasons of AWS End User Messaging (its service model). */
final class AwsCodes {
    private static final Set<String> BUSY = Set.of(
            "Throttled",
            "Throttling",
            "ThrottlingException",
            "InternalError",
            "InternalFailure",
            "InternalServerException",
            "ServiceUnavailable",
            "RequestTimeout");

    private static final Set<String> ACCOUNT = Set.of(
            "AuthorizationError",
            "InvalidSecurity",
            "InvalidClientTokenId",
            "SignatureDoesNotMatch",
            "UnrecognizedClientException",
            "AccessDenied",
            "AccessDeniedException",
            "ExpiredToken",
            "ExpiredTokenException",
            "IncompleteSignature",
            "MissingAuthenticationToken",
            "MissingAuthenticationTokenException",
            "OptInRequired",
            "InvalidSignatureException");

    /** Of those, the ones that are about the key itself and not about what it may do. */
    private static final Set<String> STRANGER = Set.of(
            "InvalidSecurity",
            "InvalidClientTokenId",
            "SignatureDoesNotMatch",
            "InvalidSignatureException",
            "IncompleteSignature",
            "IncompleteSignatureException",
            "UnrecognizedClientException",
            "ExpiredToken",
            "ExpiredTokenException");

    private static final Set<String> REQUEST = Set.of(
            "InvalidParameter",
            "InvalidParameterException",
            "ParameterValueInvalid",
            "ValidationException",
            "ValidationError",
            "ResourceNotFoundException",
            "NotFound");

    /** Reasons of a conflict or a refused value that another carrier need not share. */
    private static final Set<String> VENDOR = Set.of(
            "DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION",
            "DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE",
            "DESTINATION_PHONE_NUMBER_NOT_VERIFIED",
            "NO_ORIGINATION_IDENTITIES_FOUND",
            "NUMBER_CAPABILITIES_MISMATCH",
            "MESSAGE_TYPE_MISMATCH",
            "DESTINATION_COUNTRY_BLOCKED",
            "COUNTRY_NOT_ENABLED",
            "SENDER_ID_NOT_REGISTERED",
            "SENDER_ID_NOT_SUPPORTED",
            "SENDER_ID_REQUIRES_REGISTRATION",
            "INVALID_IDENTITY_FOR_DESTINATION_COUNTRY",
            "PRICE_OVER_THRESHOLD",
            "VOICE_CAPABILITY_NOT_AVAILABLE",
            "DAILY_DESTINATION_CALL_LIMIT");

    private AwsCodes() {}

    static boolean isBusy(String code) {
        return BUSY.contains(code);
    }

    /**
     * @param code of the error, if it is one
     * @param permission that was needed, which whoever may only send has not got
     */
    static CredentialCheckResult verdict(CarrierAnswer answer, String code, String permission) {
        if (answer.isSuccess()) return new CredentialCheckResult.Good();
        if (STRANGER.contains(code))
            return new CredentialCheckResult.Bad("Amazon does not know this access key with this secret (" + code
                    + "): look at both, and at the clock of this server");
        if (code.equals("OptInRequired"))
            return new CredentialCheckResult.Bad(
                    "this account has not been activated for the service: do that in Amazon's console");
        if (answer.status() == 403 || ACCOUNT.contains(code))
            return new CredentialCheckResult.Unclear("the access key is genuine and lacks " + permission
                    + ", so whether it may send shows with the first message");
        return answer.unclear("Amazon");
    }

    /** @param number whether the error names the recipient's number */
    static FailureCause fault(String code, String reason, boolean number) {
        if (reason.equals("DESTINATION_PHONE_NUMBER_OPTED_OUT")) return FailureCause.OPT_OUT;
        if (VENDOR.contains(reason)) return FailureCause.VENDOR;
        if (ACCOUNT.contains(code) || code.equals("ServiceQuotaExceededException")) return FailureCause.ACCOUNT;
        if (!REQUEST.contains(code)) return FailureCause.VENDOR;
        return number ? FailureCause.NUMBER : FailureCause.REQUEST;
    }
}
