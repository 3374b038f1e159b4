package io.ringcode.factor;

import io.ringcode.tenant.TenantSettings;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How keys of one kind are asked for: the setting of the Management API's {@code guardian/factors/…/settings}, whose names are
 * not in snake case.
 *
 * @param userVerification {@code discouraged}, {@code preferred} or {@code required}; null for the last, which is the usual
 * @param overrideRelyingParty null for false
 * @param relyingPartyIdentifier the domain that keys are made for, above that of the pages; null for the pages' own
 * @param relatedOrigins whose pages may use keys of that domain though they are of another (WebAuthn level 3 section 5.11); null for none
 */
public record WebAuthnSettings(
        @Nullable String userVerification,
        @Nullable Boolean overrideRelyingParty,
        @Nullable String relyingPartyIdentifier,
        @Nullable List<String> relatedOrigins) {
    public static final String REQUIRED = "required";
    public static final WebAuthnSettings DEFAULT = new WebAuthnSettings(null, null, null, null);

    /** With what {@code wanted} names in place of what is there. */
    public WebAuthnSettings with(WebAuthnSettings wanted) {
        return new WebAuthnSettings(
                wanted.userVerification == null ? userVerification : wanted.userVerification,
                wanted.overrideRelyingParty == null ? overrideRelyingParty : wanted.overrideRelyingParty,
                wanted.relyingPartyIdentifier == null ? relyingPartyIdentifier : wanted.relyingPartyIdentifier,
                wanted.relatedOrigins == null ? relatedOrigins : wanted.relatedOrigins);
    }

    public static String name(FactorKind kind) {
        return "guardian/factors/" + kind.setting() + "/settings";
    }

    public static WebAuthnSettings of(TenantSettings settings, FactorKind kind) {
        return settings.get(name(kind), WebAuthnSettings.class, DEFAULT);
    }

    /** A device always verifies its owner. */
    public String userVerification(FactorKind kind) {
        return kind == FactorKind.WEBAUTHN_PLATFORM || userVerification == null ? REQUIRED : userVerification;
    }

    public Set<String> related() {
        return relatedOrigins == null ? Set.of() : Set.copyOf(relatedOrigins);
    }

    /** The domain that keys are made for on pages of this origin: as of its host, or the one that it is related to. */
    public String relyingPartyOf(String origin) {
        var domain = relyingPartyIdentifier;
        return Boolean.TRUE.equals(overrideRelyingParty)
                        && domain != null
                        && related().contains(origin)
                ? domain
                : relyingParty(URI.create(origin).getHost());
    }

    /** The domain that keys are made for on pages of this host: its own, or one that it is below. */
    public String relyingParty(String host) {
        var own = host.toLowerCase(Locale.ROOT);
        if (!Boolean.TRUE.equals(overrideRelyingParty) || relyingPartyIdentifier == null) return own;
        return own.equals(relyingPartyIdentifier) || own.endsWith("." + relyingPartyIdentifier)
                ? relyingPartyIdentifier
                : own;
    }
}
