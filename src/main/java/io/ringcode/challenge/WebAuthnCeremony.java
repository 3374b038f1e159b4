package io.ringcode.challenge;

import io.ringcode.factor.FactorKind;
import io.ringcode.factor.WebAuthnSettings;
import io.ringcode.tenant.TenantSettings;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A ceremony of WebAuthn (level 3 section 4): what a browser is asked to make or to sign, and what its answer is held to.
 *
 * @param challenge 32 random bytes in base64url, of one page of one sign-in
 * @param expiresAt when an answer comes too late
 * @param origin of the pages, such as {@code https://login.example.com}
 * @param relyingParty the domain that its keys work for
 * @param userVerification {@code required}, {@code preferred} or {@code discouraged}
 */
public record WebAuthnCeremony(
        FactorKind kind,
        String challenge,
        Instant expiresAt,
        String origin,
        String relyingParty,
        String userVerification) {
    /** ES256, EdDSA and RS256 in COSE's numbers, the last of which some devices have alone. */
    public static final List<Long> ALGORITHMS = List.of(-7L, -8L, -257L);

    /** The time that WebAuthn level 3 section 15.1 recommends for people who need some. */
    public static final Duration LIFE = Duration.ofMinutes(5);

    /** @param address of the pages: an origin and a slash */
    public static WebAuthnCeremony of(
            TenantSettings settings, FactorKind kind, String address, String challenge, Instant expiresAt) {
        var asked = WebAuthnSettings.of(settings, kind);
        var uri = URI.create(address);
        return new WebAuthnCeremony(
                kind,
                challenge,
                expiresAt,
                address.substring(0, address.length() - 1),
                asked.relyingParty(uri.getHost()),
                asked.userVerification(kind));
    }

    /** The same where the presence of a key alone is too little. */
    public WebAuthnCeremony requiringVerification() {
        return new WebAuthnCeremony(kind, challenge, expiresAt, origin, relyingParty, WebAuthnSettings.REQUIRED);
    }

    boolean requiresVerification() {
        return userVerification.equals(WebAuthnSettings.REQUIRED);
    }
}
