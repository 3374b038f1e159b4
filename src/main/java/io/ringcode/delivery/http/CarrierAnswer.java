package io.ringcode.delivery.http;

import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;

import io.ringcode.delivery.carrier.CredentialCheckResult;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * A carrier's HTTP response.
 *
 * @param retryAfter its header {@code Retry-After}, as it was sent; null where there is none
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares answers
public record CarrierAnswer(int status, @Nullable String retryAfter, byte[] body) {
    public boolean isSuccess() {
        return status / 100 == 2;
    }

    /** Too many requests, or a server's own trouble: the message may pass later. */
    public boolean isBusy() {
        return status == 408 || status == 429 || status >= 500;
    }

    /** The body as JSON; a missing node where it is none. */
    public JsonNode json(ObjectMapper json) {
        try {
            return json.readTree(body);
        } catch (JacksonException garbage) {
            return MissingNode.getInstance();
        }
    }

    /**
     * As the answer to a question that only good credentials may ask.
     *
     * @param stranger what 401 says, and what to do about it
     */
    public CredentialCheckResult verdict(String carrier, String stranger) {
        if (isSuccess()) return new CredentialCheckResult.Good();
        return status == 401 ? new CredentialCheckResult.Bad(stranger) : unclear(carrier);
    }

    public CredentialCheckResult unclear(String carrier) {
        return new CredentialCheckResult.Unclear(
                carrier + " answered with HTTP " + status + ", so nobody knows whether these credentials are good");
    }

    /** {@code Retry-After} in either form (RFC 9110 section 10.2.3); null where it is absent, unreadable or past. */
    public @Nullable Duration retryAfter(Instant now) {
        if (retryAfter == null) return null;
        var value = retryAfter.strip();
        var wait = value.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(value)) : until(value, now);
        return wait.isPositive() ? wait : null;
    }

    private static Duration until(String date, Instant now) {
        try {
            return Duration.between(
                    now, ZonedDateTime.parse(date, RFC_1123_DATE_TIME).toInstant());
        } catch (DateTimeParseException neither) {
            return Duration.ZERO;
        }
    }

    @Override
    public String toString() {
        return "CarrierAnswer[" + status + "]";
    }
}
