package io.ringcode.network;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringcode.secret.Macs;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/** Signatures of the Standard Webhooks specification, version 1, symmetric. */
public final class StandardWebhook {
    public static final String ID = "webhook-id";
    public static final String TIMESTAMP = "webhook-timestamp";
    public static final String SIGNATURE = "webhook-signature";
    /** How far a signature's time may be from now, as the specification's libraries have it. */
    public static final Duration TOLERANCE = Duration.ofMinutes(5);

    private StandardWebhook() {}

    /** @param id the same at every retry, so that the receiver recognises a repetition */
    public static Map<String, String> headers(String secret, String id, Instant at, String body) {
        var timestamp = Long.toString(at.getEpochSecond());
        return Map.of(ID, id, TIMESTAMP, timestamp, SIGNATURE, signature(secret, id, timestamp, body.getBytes(UTF_8)));
    }

    /** @param signatures one or more, divided by spaces: while a secret is changed there are two */
    public static boolean fits(String secret, String id, String timestamp, byte[] body, String signatures) {
        var expected = signature(secret, id, timestamp, body);
        var fits = false;
        for (var told : signatures.split(" ", -1)) fits |= Macs.same(told, expected);
        return fits;
    }

    private static String signature(String secret, String id, String timestamp, byte[] body) {
        var head = (id + "." + timestamp + ".").getBytes(UTF_8);
        var signed = new byte[head.length + body.length];
        System.arraycopy(head, 0, signed, 0, head.length);
        System.arraycopy(body, 0, signed, head.length, body.length);
        var key = Base64.getDecoder().decode(secret.substring(secret.indexOf('_') + 1));
        return "v1," + Base64.getEncoder().encodeToString(Macs.mac("HmacSHA256", key, signed));
    }
}
