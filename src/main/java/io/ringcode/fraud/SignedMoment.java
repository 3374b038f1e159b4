package io.ringcode.fraud;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringcode.secret.KeyedHash;
import io.ringcode.tenant.TenantId;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Tokens that say when a page of a sign-in was shown, for its form to carry: milliseconds, and an HMAC with the sign-in as context. */
final class SignedMoment {
    private static final Pattern FORM = Pattern.compile("([0-9]{13})\\.([0-9a-f]{64})");

    private final KeyedHash hash;
    private final String purpose;

    /** @param purpose so that the token of one page is none of another's */
    SignedMoment(KeyedHash hash, String purpose) {
        this.hash = hash;
        this.purpose = purpose;
    }

    String of(TenantId tenant, UUID login, Instant moment) {
        return signed(tenant, login, Long.toString(moment.toEpochMilli()));
    }

    private String signed(TenantId tenant, UUID login, String millis) {
        return millis + "." + HexFormat.of().formatHex(hash.of(purpose, tenant.value(), login.toString(), millis));
    }

    /** @return empty for what this server, or another of the installation, has not said of this sign-in */
    Optional<Instant> read(TenantId tenant, UUID login, String token) {
        var said = FORM.matcher(token);
        if (!said.matches()) return Optional.empty();
        var right = signed(tenant, login, said.group(1));
        return MessageDigest.isEqual(right.getBytes(UTF_8), token.getBytes(UTF_8))
                ? Optional.of(Instant.ofEpochMilli(Long.parseLong(said.group(1))))
                : Optional.empty();
    }
}
