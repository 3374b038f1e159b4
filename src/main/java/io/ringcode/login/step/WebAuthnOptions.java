package io.ringcode.login.step;

import io.ringcode.challenge.WebAuthnCeremony;
import io.ringcode.factor.Authenticator;
import io.ringcode.factor.FactorKind;
import io.ringcode.factor.WebAuthnCredentials;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import io.ringcode.user.Users;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** What a browser is asked to make or to sign, as {@code PublicKeyCredentialCreationOptionsJSON} and {@code …RequestOptionsJSON}. */
@Component
class WebAuthnOptions {
    private final FactorPolicy policy;
    private final WebAuthnCredentials credentials;
    private final Users users;
    private final Tenants tenants;
    private final ObjectMapper json;
    private final Clock clock;

    WebAuthnOptions(
            FactorPolicy policy,
            WebAuthnCredentials credentials,
            Users users,
            Tenants tenants,
            ObjectMapper json,
            Clock clock) {
        this.policy = policy;
        this.credentials = credentials;
        this.users = users;
        this.tenants = tenants;
        this.json = json;
        this.clock = clock;
    }

    String creation(PageRequest page, WebAuthnCeremony ceremony) {
        var user = users.find(page.tenant(), page.user()).orElseThrow(() -> new LoginGone());
        var name = user.email() == null ? user.id().value() : user.email();
        var handle = credentials.userHandle(page.tenant(), page.user());
        var company = TenantProfile.of(tenants.settings(page.tenant())).nameOf(page.tenant());
        var device = ceremony.kind() == FactorKind.WEBAUTHN_PLATFORM;
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
        options.put("excludeCredentials", known(page, ceremony, _ -> true));
        options.put(
                "authenticatorSelection",
                Map.of(
                        "authenticatorAttachment",
                        device ? "platform" : "cross-platform",
                        "residentKey",
                        device ? "preferred" : "discouraged",
                        "userVerification",
                        ceremony.userVerification()));
        options.put("attestation", "none");
        return json.writeValueAsString(options);
    }

    String request(PageRequest page, WebAuthnCeremony ceremony) {
        var options = new LinkedHashMap<String, Object>();
        options.put("challenge", ceremony.challenge());
        options.put("timeout", left(ceremony));
        options.put("rpId", ceremony.relyingParty());
        options.put("allowCredentials", known(page, ceremony, one -> one.kind() == ceremony.kind()));
        options.put("userVerification", ceremony.userVerification());
        return json.writeValueAsString(options);
    }

    private List<Map<String, Object>> known(
            PageRequest page, WebAuthnCeremony ceremony, Predicate<Authenticator.WebAuthn> chosen) {
        return policy.of(page).authenticators().stream()
                .filter(Authenticator.WebAuthn.class::isInstance)
                .map(Authenticator.WebAuthn.class::cast)
                .filter(chosen)
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
    private long left(WebAuthnCeremony ceremony) {
        return Math.max(
                0, Duration.between(clock.instant(), ceremony.expiresAt()).toMillis());
    }
}
