package io.ringcode.management.json;

import io.ringcode.json.InvalidBody;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A refusal of the Management API on its way to the caller. */
public final class ManagementRefused extends RuntimeException {
    private final HttpStatus status;
    private final @Nullable String errorCode;
    private final String sentence;
    private final @Nullable String retryAfter;

    private ManagementRefused(HttpStatus status, @Nullable String errorCode, String sentence) {
        this(status, errorCode, sentence, null);
    }

    private ManagementRefused(
            HttpStatus status, @Nullable String errorCode, String sentence, @Nullable String retryAfter) {
        super(sentence, null, false, false);
        this.status = status;
        this.errorCode = errorCode;
        this.sentence = sentence;
        this.retryAfter = retryAfter;
    }

    public static ManagementRefused of(InvalidBody unfit) {
        return unfit.property() == null ? body(unfit.reason()) : body(unfit.property(), unfit.reason());
    }

    /** @param reason without the value that was sent, which may be a secret */
    public static ManagementRefused body(String property, String reason) {
        return new ManagementRefused(
                HttpStatus.BAD_REQUEST,
                "invalid_body",
                "Payload validation error: '" + reason + "' on property " + property + ".");
    }

    public static ManagementRefused body(String reason) {
        return new ManagementRefused(
                HttpStatus.BAD_REQUEST, "invalid_body", "Payload validation error: '" + reason + "'.");
    }

    public static ManagementRefused path(String reason) {
        return new ManagementRefused(HttpStatus.BAD_REQUEST, "invalid_uri", "Path validation error: '" + reason + "'.");
    }

    public static ManagementRefused query(String parameter, String reason) {
        return new ManagementRefused(
                HttpStatus.BAD_REQUEST,
                "invalid_query_string",
                "Query validation error: '" + reason + "' on property " + parameter + ".");
    }

    /** @param errorCode as Auth0 names it for this resource; null where it names none */
    public static ManagementRefused missing(@Nullable String errorCode, String sentence) {
        return new ManagementRefused(HttpStatus.NOT_FOUND, errorCode, sentence);
    }

    public static ManagementRefused conflict(@Nullable String errorCode, String sentence) {
        return new ManagementRefused(HttpStatus.CONFLICT, errorCode, sentence);
    }

    public static ManagementRefused forbidden(String errorCode, String sentence) {
        return new ManagementRefused(HttpStatus.FORBIDDEN, errorCode, sentence);
    }

    /** What fits its schema and still cannot be done. */
    public static ManagementRefused operation(@Nullable String errorCode, String sentence) {
        return new ManagementRefused(HttpStatus.BAD_REQUEST, errorCode, sentence);
    }

    public static ManagementRefused slowSearch() {
        return new ManagementRefused(
                HttpStatus.SERVICE_UNAVAILABLE,
                null,
                "The search took too long. Refine it, or sort by what is indexed.");
    }

    public static ManagementRefused tooManyCalls() {
        return new ManagementRefused(
                HttpStatus.TOO_MANY_REQUESTS,
                "too_many_requests",
                "Too many calls; the headers x-ratelimit-limit, x-ratelimit-remaining and x-ratelimit-reset tell when to call again.",
                "1");
    }

    public static ManagementRefused tooManyMessages(String sentence) {
        return new ManagementRefused(HttpStatus.TOO_MANY_REQUESTS, "too_many_requests", sentence);
    }

    static ManagementRefused tooLarge() {
        return new ManagementRefused(HttpStatus.CONTENT_TOO_LARGE, "invalid_body", "The body is larger than 256 KiB.");
    }

    static ManagementRefused contentType() {
        return new ManagementRefused(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE, "invalid_body", "Send the body as application/json.");
    }

    public static ManagementRefused multipart() {
        return new ManagementRefused(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE, "invalid_body", "Send the body as multipart/form-data.");
    }

    public static ManagementRefused unauthorized(String sentence) {
        return new ManagementRefused(HttpStatus.UNAUTHORIZED, "invalid_token", sentence);
    }

    public static ManagementRefused scope(String expected) {
        return new ManagementRefused(
                HttpStatus.FORBIDDEN, "insufficient_scope", "Insufficient scope, expected any of: " + expected);
    }

    public HttpStatus status() {
        return status;
    }

    /** In seconds; null where nobody can say. */
    @Nullable
    String retryAfter() {
        return retryAfter;
    }

    @Nullable
    String errorCode() {
        return errorCode;
    }

    public String sentence() {
        return sentence;
    }
}
