package io.ringcode.authorization;

/**
 * Every "no" of the OAuth and MFA doors. SDKs compare the sentence, so it is as fixed as the code, with or without its
 * full stop.
 */
public enum OAuthError {
    INVALID_REQUEST(400, "invalid_request", "The request is malformed."),
    BODY_TOO_LARGE(413, "invalid_request", "The body is larger than 64 KiB."),
    UNSUPPORTED_CONTENT(
            415, "invalid_request", "Send the body as application/json or application/x-www-form-urlencoded."),
    NOT_FOUND(404, "not_found", "Not found."),
    METHOD_NOT_ALLOWED(405, "method_not_allowed", "Method not allowed."),
    UNSUPPORTED_GRANT(403, "unsupported_grant_type", "Unsupported grant type."),
    INVALID_SCOPE(400, "invalid_scope", "A scope was asked for that was not granted before."),
    INVALID_CLIENT(401, "invalid_client", "Unknown client or wrong credentials."),
    INVALID_DPOP_PROOF(400, "invalid_dpop_proof", "The DPoP proof is missing, malformed, expired or used before."),
    GRANT_NOT_ALLOWED(403, "unauthorized_client", "Grant type '%s' not allowed for the client."),
    UNKNOWN_AUDIENCE(403, "access_denied", "There is no API with this audience."),
    NO_CLIENT_GRANT(403, "access_denied", "The client has no grant for this audience."),
    ACTION_DENIED(403, "access_denied", "The sign-in was refused."),
    ACTION_NEEDS_PAGES(
            403, "access_denied", "This sign-in requires a factor on the sign-in pages. Send the user to /authorize."),
    NO_CONNECTION(400, "invalid_request", "The connection does not exist, or is not enabled for this client."),
    WRONG_PASSWORD(403, "invalid_grant", "Wrong email or password."),
    TOO_MANY_LOGINS(429, "too_many_attempts", "Too many logins were tried for this user. Wait before trying again."),
    TOO_MANY_LOGINS_FROM_ADDRESS(
            429, "too_many_attempts", "Too many logins were tried from this address. Wait before trying again."),
    BUSY(429, "too_many_requests", "The server is busy. Wait a moment before trying again."),
    INVALID_CODE(403, "invalid_grant", "Invalid authorization code"),
    WRONG_VERIFIER(403, "invalid_grant", "Failed to verify code verifier"),
    WRONG_REDIRECT_URI(403, "invalid_grant", "The redirect URI is wrong."),
    UNKNOWN_REFRESH_TOKEN(403, "invalid_grant", "Unknown or invalid refresh token."),
    USER_GONE(403, "invalid_grant", "The user is blocked or no longer exists."),
    MFA_REQUIRED(403, "mfa_required", "Multifactor authentication required"),
    SIGN_IN_TOO_OLD(
            403, "unmet_authentication_requirements", "The user's sign-in is too old. Ask the user to sign in again."),
    MALFORMED_MFA_TOKEN(400, "invalid_grant", "Malformed mfa_token"),
    INVALID_MFA_BEARER(401, "invalid_grant", "The mfa_token provided is invalid. Try getting a new token."),
    EXPIRED_MFA_TOKEN(401, "expired_token", "mfa_token is expired"),
    OTHER_CLIENT(400, "invalid_request", "mfa_token not issued to this client"),
    MALFORMED_OOB_CODE(400, "invalid_grant", "Malformed oob_code"),
    OTHER_LOGIN(400, "invalid_request", "The oob_code doesn't match the mfa_token"),
    EXPIRED_OOB_CODE(401, "expired_token", "oob_code is expired"),
    WRONG_CODE(403, "invalid_grant", "Invalid binding_code."),
    WRONG_OTP(403, "invalid_grant", "Invalid otp_code."),
    WRONG_RECOVERY_CODE(403, "invalid_grant", "MFA Authorization rejected."),
    TOO_MANY_FAILURES(429, "invalid_request", "Too many failed codes. Wait for some minutes before retrying."),
    TOO_MANY_MESSAGES_OF_USER(
            429, "invalid_request", "Too many SMS sent by the user. Wait for some minutes before retrying."),
    TOO_MANY_MESSAGES(429, "invalid_request", "Too many messages were sent. Wait for some minutes before retrying."),
    BUDGET_USED_UP(
            429,
            "invalid_request",
            "The message budget is used up. Use another method until an administrator raises it."),
    NOT_SENT_AT_PRESENT(
            429,
            "invalid_request",
            "No code is sent to this phone number at present. Try again later, or use another method."),
    REQUIRES_VERIFICATION(
            403,
            "requires_verification",
            "Solve the challenge in altcha, and send the request again with the solution as altcha."),
    INVALID_PHONE(400, "invalid_request", "The phone number is invalid."),
    PHONE_EXTENSION(400, "invalid_request", "Messages cannot reach a phone number with an extension."),
    NUMBER_KIND_NOT_PERMITTED(400, "invalid_request", "Codes are not sent to this kind of phone number."),
    COUNTRY_NOT_PERMITTED(400, "invalid_request", "Phone numbers from this country are not accepted."),
    NUMBER_NOT_TRUSTED(
            403, "access_denied", "This phone number cannot be used. Use another number, or another method."),
    OPTED_OUT(400, "invalid_request", "The owner of this phone number has opted out of messages."),
    ALREADY_ENROLLED(403, "access_denied", "User is already enrolled."),
    FACTOR_OFF(
            403,
            "access_denied",
            "Every factor that the user has enrolled is switched off. An administrator must switch one on, or reset the user's"
                    + " factors."),
    USE_RECOVERY_CODE(
            403,
            "access_denied",
            "Every factor that the user has enrolled is switched off. Use the recovery code, or ask an administrator."),
    ASSOCIATION_REQUIRED(401, "association_required", "The user has no authenticator yet. Associate one first."),
    UNSUPPORTED_CHALLENGE(
            401, "unsupported_challenge_type", "The user has no authenticator of the requested challenge type."),
    USE_REDIRECT(
            401,
            "unsupported_challenge_type",
            "Security keys and devices can be used on the sign-in pages only. Send the user to /authorize."),
    INSUFFICIENT_SCOPE(403, "insufficient_scope", "Insufficient scope, expected: %s"),
    NO_AUTHENTICATOR(404, "not_found", "The user has no such authenticator."),
    CARRIER_REFUSED(503, "temporarily_unavailable", "The carrier refused to send the message. Try another method."),
    SENDING_STOPPED(503, "temporarily_unavailable", "An administrator has stopped all messages. Use another method."),
    CANNOT_SEND(503, "temporarily_unavailable", "The message cannot be sent.");

    private final int status;
    private final String code;
    private final String sentence;

    OAuthError(int status, String code, String sentence) {
        this.status = status;
        this.code = code;
        this.sentence = sentence;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String sentence() {
        return sentence;
    }
}
