package io.ringcode.management.tenant;

import static io.ringcode.factor.FactorKind.WEBAUTHN_PLATFORM;
import static io.ringcode.factor.FactorKind.WEBAUTHN_ROAMING;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.ringcode.authorization.Issuer;
import io.ringcode.client.Caller;
import io.ringcode.factor.FactorKind;
import io.ringcode.factor.WebAuthnSettings;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.JsonAnswer;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.Items;
import io.ringcode.json.Rule.Length;
import io.ringcode.json.Rule.Matches;
import io.ringcode.json.Rule.NullAllowed;
import io.ringcode.json.Rule.OneOf;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.tenant.Tenants;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How security keys and devices are asked for. Members are not in snake case, as Auth0 has them. */
@RestController
@RequestMapping("/api/v2/guardian/factors")
public class WebAuthnController {
    private static final String READ = "read:guardian_factors";
    private static final String UPDATE = "update:guardian_factors";
    static final String DOMAIN = "[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*";

    /** As browsers write it. */
    static final String ORIGIN = "https://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?";

    /** Browsers look at five different names among them. */
    static final int MOST_RELATED = 20;

    /** What is left out stays as it is. */
    public record RoamingChange(
            @JsonProperty("userVerification") @Nullable @NullAllowed @OneOf({"discouraged", "preferred", "required"})
            String userVerification,

            @JsonProperty("overrideRelyingParty") @Nullable @NullAllowed
            Boolean overrideRelyingParty,

            @JsonProperty("relyingPartyIdentifier") @Nullable @NullAllowed @Matches(DOMAIN)
            String relyingPartyIdentifier,

            @JsonProperty("relatedOrigins")
            @Nullable
            @NullAllowed
            @Items(max = MOST_RELATED, unique = true)
            @Length(max = 300)
            @Matches(ORIGIN)
            List<String> relatedOrigins)
            implements JsonBody {}

    /** The same; a device always verifies its owner. */
    public record PlatformChange(
            @JsonProperty("overrideRelyingParty") @Nullable @NullAllowed
            Boolean overrideRelyingParty,

            @JsonProperty("relyingPartyIdentifier") @Nullable @NullAllowed @Matches(DOMAIN)
            String relyingPartyIdentifier,

            @JsonProperty("relatedOrigins")
            @Nullable
            @NullAllowed
            @Items(max = MOST_RELATED, unique = true)
            @Length(max = 300)
            @Matches(ORIGIN)
            List<String> relatedOrigins)
            implements JsonBody {}

    public record Shown(
            @JsonProperty("userVerification") @Nullable String userVerification,
            @JsonProperty("overrideRelyingParty") boolean overrideRelyingParty,

            @JsonProperty("relyingPartyIdentifier") @Nullable
            String relyingPartyIdentifier,

            @JsonProperty("relatedOrigins") @Nullable List<String> relatedOrigins)
            implements JsonAnswer {
        private static Shown of(WebAuthnSettings settings, FactorKind kind) {
            return new Shown(
                    kind == WEBAUTHN_ROAMING ? settings.userVerification(kind) : null,
                    Boolean.TRUE.equals(settings.overrideRelyingParty()),
                    settings.relyingPartyIdentifier(),
                    settings.relatedOrigins());
        }
    }

    private final Tenants tenants;
    private final Changes changes;

    WebAuthnController(Tenants tenants, Changes changes) {
        this.tenants = tenants;
        this.changes = changes;
    }

    @GetMapping("/webauthn-roaming/settings")
    @RequiresScope(READ)
    public Shown roaming(Caller caller) {
        return shown(caller, WEBAUTHN_ROAMING);
    }

    @GetMapping("/webauthn-platform/settings")
    @RequiresScope(READ)
    public Shown platform(Caller caller) {
        return shown(caller, WEBAUTHN_PLATFORM);
    }

    private Shown shown(Caller caller, FactorKind kind) {
        return Shown.of(WebAuthnSettings.of(tenants.settings(caller.tenant()), kind), kind);
    }

    @PutMapping("/webauthn-roaming/settings")
    @RequiresScope(UPDATE)
    public Shown setRoaming(Caller caller, RoamingChange body, Issuer issuer) {
        return change(
                caller,
                WEBAUTHN_ROAMING,
                new WebAuthnSettings(
                        body.userVerification(),
                        body.overrideRelyingParty(),
                        body.relyingPartyIdentifier(),
                        body.relatedOrigins()),
                issuer);
    }

    @PutMapping("/webauthn-platform/settings")
    @RequiresScope(UPDATE)
    public Shown setPlatform(Caller caller, PlatformChange body, Issuer issuer) {
        return change(
                caller,
                WEBAUTHN_PLATFORM,
                new WebAuthnSettings(
                        null, body.overrideRelyingParty(), body.relyingPartyIdentifier(), body.relatedOrigins()),
                issuer);
    }

    /** A browser makes keys for the domain of its page, or one above it, or one that says that the page is related to it. */
    private Shown change(Caller caller, FactorKind kind, WebAuthnSettings wanted, Issuer issuer) {
        var domain = wanted.relyingPartyIdentifier();
        var host = URI.create(issuer.url()).getHost();
        var origin = issuer.url().substring(0, issuer.url().length() - 1);
        var after = WebAuthnSettings.of(tenants.settings(caller.tenant()), kind).with(wanted);
        if (domain != null && !after.related().contains(origin) && !host.equals(domain) && !host.endsWith("." + domain))
            throw InvalidBody.on(
                    "relyingPartyIdentifier",
                    "Must be " + host + ", or a domain above it, or one that " + origin + " is related to");
        var name = WebAuthnSettings.name(kind);
        changes.set(
                caller,
                name,
                () -> tenants.update(
                        caller.tenant(),
                        name,
                        WebAuthnSettings.class,
                        WebAuthnSettings.DEFAULT,
                        old -> old.with(wanted)));
        return shown(caller, kind);
    }
}
