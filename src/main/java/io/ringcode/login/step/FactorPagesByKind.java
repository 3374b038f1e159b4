package io.ringcode.login.step;

import io.ringcode.factor.FactorKind;
import org.springframework.stereotype.Component;

/** The pages of each kind of factor. */
@Component
class FactorPagesByKind {
    private final PhoneFactorPages phones;
    private final AppFactorPages apps;
    private final WebAuthnFactorPages webAuthn;
    private final RecoveryCodeFactorPages recoveryCodes;

    FactorPagesByKind(
            PhoneFactorPages phones,
            AppFactorPages apps,
            WebAuthnFactorPages webAuthn,
            RecoveryCodeFactorPages recoveryCodes) {
        this.phones = phones;
        this.apps = apps;
        this.webAuthn = webAuthn;
        this.recoveryCodes = recoveryCodes;
    }

    FactorPages<?> of(FactorKind kind) {
        return switch (kind) {
            case PHONE -> phones;
            case APP -> apps;
            case WEBAUTHN_ROAMING, WEBAUTHN_PLATFORM -> webAuthn.of(kind);
            case RECOVERY_CODE -> recoveryCodes;
        };
    }
}
