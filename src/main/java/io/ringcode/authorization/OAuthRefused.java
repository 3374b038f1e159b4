package io.ringcode.authorization;

import java.time.Duration;
import java.util.Map;

/** A refusal on its way to the caller. */
public final class OAuthRefused extends RuntimeException {
    private final transient OAuthError error;
    private final transient Duration retryAfter;
    private final transient Map<String, Object> more;

    private OAuthRefused(OAuthError error, String sentence, Duration retryAfter, Map<String, Object> more) {
        super(sentence, null, false, false);
        this.error = error;
        this.retryAfter = retryAfter;
        this.more = more;
    }

    public OAuthRefused(OAuthError error) {
        this(error, error.sentence(), Duration.ZERO, Map.of());
    }

    /** With a sentence of its own. It must not repeat what the caller sent. */
    public OAuthRefused(OAuthError error, String sentence) {
        this(error, sentence, Duration.ZERO, Map.of());
    }

    public OAuthRefused(OAuthError error, Duration retryAfter) {
        this(error, error.sentence(), retryAfter, Map.of());
    }

    public OAuthRefused(OAuthError error, Map<String, Object> more) {
        this(error, error.sentence(), Duration.ZERO, more);
    }

    /** An action of the tenant refused, in words of its own. */
    static OAuthRefused byAction(String error, String reason) {
        return new OAuthRefused(OAuthError.ACTION_DENIED, reason, Duration.ZERO, Map.of("error", error));
    }

    public static OAuthRefused missing(String parameter) {
        return new OAuthRefused(OAuthError.INVALID_REQUEST, "Missing required parameter: " + parameter);
    }

    public OAuthError error() {
        return error;
    }

    public Duration retryAfter() {
        return retryAfter;
    }

    /** Members that the answer has beside the error and its description. */
    public Map<String, Object> more() {
        return more;
    }

    public String sentence() {
        var sentence = getMessage();
        return sentence == null ? error.sentence() : sentence;
    }
}
