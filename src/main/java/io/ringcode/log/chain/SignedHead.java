package io.ringcode.log.chain;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringcode.tenant.TenantId;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the newest hash of a tenant's chain was at a time, signed: whoever keeps it elsewhere can tell later whether the log up to that place is
 * still the same.
 *
 * @param hash of the line at this place
 * @param jws the same, signed
 */
@SuppressWarnings("ArrayRecordComponent") // as JDBC gives it; never compared
public record SignedHead(TenantId tenant, long place, byte[] hash, Instant signedAt, String jws) {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /** As it is signed. */
    private record Payload(String tenant, long place, String hash, long iat) {}

    static SignedHead sign(HeadKey key, TenantId tenant, ChainEnd end, Instant now) {
        var second = Instant.ofEpochSecond(now.getEpochSecond());
        var payload =
                new Payload(tenant.value(), end.place(), BASE64.encodeToString(end.hash()), second.getEpochSecond());
        var jws = key.sign(JsonMapper.shared().writeValueAsString(payload));
        return new SignedHead(tenant, end.place(), end.hash(), second, jws);
    }

    /** @return empty for what is no head; whose signature it has is not judged */
    static Optional<SignedHead> read(String jws) {
        var parts = jws.split("\\.", -1);
        if (parts.length != 3) return Optional.empty();
        try {
            var text = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8);
            var payload = JsonMapper.shared().readValue(text, Payload.class);
            if (payload.tenant() == null || payload.hash() == null) return Optional.empty();
            return Optional.of(new SignedHead(
                    new TenantId(payload.tenant()),
                    payload.place(),
                    Base64.getUrlDecoder().decode(payload.hash()),
                    Instant.ofEpochSecond(payload.iat()),
                    jws));
        } catch (JacksonException | IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }

    /** The hash as it stands in the signed text. */
    public String hashText() {
        return BASE64.encodeToString(hash);
    }
}
