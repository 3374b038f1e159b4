package io.ringcode.challenge;

import io.ringcode.factor.Authenticator;
import io.ringcode.factor.Authenticators;
import io.ringcode.factor.FactorKind;
import io.ringcode.factor.WebAuthnCredentials;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import io.ringcode.user.User;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a browser is asked to make: {@code PublicKeyCredentialCreationOptionsJSON} (WebAuthn level 3 section 5.1.8). */
@Component
public class WebAuthnCreation {
    /** Which authenticators a browser offers. */
    public enum Attachment {
        PLATFORM("platform", "preferred"),
        CROSS_PLATFORM("cross-platform", "discouraged"),
        /** Whichever the person chooses. */
        ANY(null, "preferred");

        private final @Nullable String wire;
        private final String residentKey;

        Attachment(@Nullable String wire, String residentKey) {
            this.wire = wire;
            this.residentKey = residentKey;
        }

        public static Attachment of(FactorKind kind) {
            return kind == FactorKind.WEBAUTHN_PLATFORM ? PLATFORM : CROSS_PLATFORM;
        }
    }

    private final Authenticators authenticators;
    private final WebAuthnCredentials credentials;
    private final Tenants tenants;
    private final Clock clock;

    WebAuthnCreation(Authenticators authenticators, WebAuthnCredentials credentials, Tenants tenants, Clock clock) {
        this.authenticators = authenticators;
        this.credentials = credentials;
        this.tenants = tenants;
        this.clock = clock;
    }

    public Map<String, Object> options(User user, WebAuthnCeremony ceremony, Attachment attachment) {
        var tenant = user.tenant();
        var name = user.email() == null ? user.id().value() : user.email();
        var handle = credentials.userHandle(tenant, user.id());
        var company = TenantProfile.of(tenants.settings(tenant)).nameOf(tenant);
        var options = new LinkedHashMap<String, Object>();
        options.put("rp", Map.of("id", ceremony.relyingParty(), "name", company));
        options.put(
                "user",
                Map.of(
                        "id",
                        Base64.getUrlEncoder().withoutPadding().encodeToString(handle),
                        "name",
                        name,
                        "displayName",
                        name));
        options.put("challenge", ceremony.challenge());
        options.put(
                "pubKeyCredParams",
                WebAuthnCeremony.ALGORITHMS.stream()
                        .map(algorithm -> Map.of("type", "public-key", "alg", algorithm))
                        .toList());
        options.put("timeout", left(ceremony));
        // Whatever the user has bound by now: one authenticator is not bound twice.
        var known = authenticators.of(tenant, user.id()).authenticators();
        options.put("excludeCredentials", descriptors(known, ceremony));
        var selection = new LinkedHashMap<String, Object>();
        if (attachment.wire != null) selection.put("authenticatorAttachment", attachment.wire);
        selection.put("residentKey", attachment.residentKey);
        selection.put("userVerification", ceremony.userVerification());
        options.put("authenticatorSelection", selection);
        options.put("attestation", "none");
        return options;
    }

    /** Those that work for the ceremony's domain. */
    public static List<Map<String, Object>> descriptors(
            List<? extends Authenticator> authenticators, WebAuthnCeremony ceremony) {
        return authenticators.stream()
                .filter(Authenticator.WebAuthn.class::isInstance)
                .map(Authenticator.WebAuthn.class::cast)
                .filter(one -> one.credential().relyingParty().equals(ceremony.relyingParty()))
                .map(one -> {
                    var descriptor = new LinkedHashMap<String, Object>();
                    descriptor.put("type", "public-key");
                    descriptor.put("id", one.credential().id());
                    if (!one.credential().transports().isEmpty())
                        descriptor.put("transports", one.credential().transports());
                    return (Map<String, Object>) descriptor;
                })
                .toList();
    }

    /** In milliseconds; none where the page was kept open for too long. */
    public long left(WebAuthnCeremony ceremony) {
        return Math.max(
                0, Duration.between(clock.instant(), ceremony.expiresAt()).toMillis());
    }
}
