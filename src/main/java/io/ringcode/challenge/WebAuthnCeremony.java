package io.ringcode.challenge;

import io.ringcode.factor.FactorKind;
import io.ringcode.factor.WebAuthnSettings;
import io.ringcode.tenant.TenantSettings;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A ceremony of WebAuthn (level 3 section 4): what a browser is asked to make or to sign, and what its answer is held to.
 *
 * @param challenge 32 random bytes in base64url, of one page of one sign-in
 * @param expiresAt when an answer comes too late
 * @param origins whose pages may ask: that of our own, such as {@code https://login.example.com}, and of applications that were let to
 * @param relyingParty the domain that its keys work for
 * @param userVerification {@code required}, {@code preferred} or {@code discouraged}
 * @param related origins of other domains whose pages may use the keys too, once they are let to ask
 */
public record WebAuthnCeremony(
        FactorKind kind,
        String challenge,
        Instant expiresAt,
        Set<String> origins,
        String relyingParty,
        String userVerification,
        Set<String> related) {
    /** ES256, EdDSA and RS256 in COSE's numbers, the last of which some devices have alone. */
    public static final List<Long> ALGORITHMS = List.of(-7L, -8L, -257L);

    /** The time that WebAuthn level 3 section 15.1 recommends for people who need some. */
    public static final Duration LIFE = Duration.ofMinutes(5);

    /** @param address of the pages: an origin and a slash */
    public static WebAuthnCeremony of(
            TenantSettings settings, FactorKind kind, String address, String challenge, Instant expiresAt) {
        var asked = WebAuthnSettings.of(settings, kind);
        var origin = address.substring(0, address.length() - 1);
        return new WebAuthnCeremony(
                kind,
                challenge,
                expiresAt,
                Set.of(origin),
                asked.relyingPartyOf(origin),
                asked.userVerification(kind),
                asked.related());
    }

    /** The same where the presence of a key alone is too little. */
    public WebAuthnCeremony requiringVerification() {
        return told(relyingParty, WebAuthnSettings.REQUIRED);
    }

    /** The same as a browser was told it, whatever the settings are by now. */
    public WebAuthnCeremony told(String relyingParty, String userVerification) {
        return new WebAuthnCeremony(kind, challenge, expiresAt, origins, relyingParty, userVerification, related);
    }

    /** The same where pages of these origins may ask too, as far as they are of the keys' domain, or related to it. */
    public WebAuthnCeremony alsoFrom(Collection<String> applications) {
        var all = new HashSet<>(origins);
        for (var origin : applications)
            if (related.contains(origin) || isOfDomain(URI.create(origin).getHost())) all.add(origin);
        return new WebAuthnCeremony(
                kind, challenge, expiresAt, Set.copyOf(all), relyingParty, userVerification, related);
    }

    private boolean isOfDomain(@Nullable String host) {
        return host != null && (host.equals(relyingParty) || host.endsWith("." + relyingParty));
    }

    boolean requiresVerification() {
        return userVerification.equals(WebAuthnSettings.REQUIRED);
    }
}
