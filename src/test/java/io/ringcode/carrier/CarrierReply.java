package io.ringcode.carrier;

import java.time.Duration;
import java.util.Map;

/** How the fake carrier treats one request. */
public sealed interface CarrierReply {
    /** An HTTP answer; the connection stays open. */
    record Answer(int status, Map<String, String> headers, String body) implements CarrierReply {}

    /** The given reply, but later. */
    record After(Duration delay, CarrierReply reply) implements CarrierReply {}

    /** Takes the request and never answers. */
    record Hang() implements CarrierReply {}

    /** Takes the request and resets the connection. */
    record Reset() implements CarrierReply {}

    /** Answers at once, but its body comes one byte at a time and never ends. */
    record Drip(Duration perByte) implements CarrierReply {}

    /** Bytes that are no HTTP. */
    record Noise() implements CarrierReply {}

    /** A body without end, as fast as it can. */
    record Flood() implements CarrierReply {}

    static CarrierReply json(int status, String body) {
        return new Answer(status, Map.of("Content-Type", "application/json"), body);
    }

    /** An error as Twilio words it. */
    static CarrierReply twilioError(int status, int code) {
        return json(status, twilioBody(status, code));
    }

    static CarrierReply tooManyRequests(String retryAfter) {
        return new Answer(429, Map.of("Retry-After", retryAfter), twilioBody(429, 20429));
    }

    private static String twilioBody(int status, int code) {
        return "{\"code\":%d,\"message\":\"As scripted\",\"more_info\":\"\",\"status\":%d}".formatted(code, status);
    }
}
