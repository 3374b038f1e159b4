package io.ringcode.factor;

import io.ringcode.phone.Channel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The one rule of what a user's authenticators are worth under the tenant's settings: which may prove the user now, whether
 * the user is enrolled, and what is due where a second factor is. Every door asks it.
 *
 * @param authenticators all of the user's, pending ones too, the one used last first
 * @param sufficient how much of it is enough
 */
public record UsableFactors(Factors settings, List<Authenticator> authenticators, RequiredStrength sufficient) {
    /** Security keys and devices of one user. */
    public static final int MOST_WEBAUTHN = 20;

    public UsableFactors(Factors settings, List<Authenticator> authenticators) {
        this(settings, authenticators, RequiredStrength.ANY);
    }

    /** The same, held to the stricter of two rules. */
    public UsableFactors under(RequiredStrength asked) {
        return new UsableFactors(settings, authenticators, sufficient.or(asked));
    }

    /** What is due where a second factor is. */
    public sealed interface Due {
        /** To prove one of these, the first of them unless the user chooses. */
        record Prove(List<Authenticator> usable) implements Due {}

        /** To bind the first one, of one of these kinds. */
        record Enroll(Set<FactorKind> offered) implements Due {}

        /** Nothing can be done: what the user has enrolled is switched off, and binding another would be a way round it. */
        record SwitchedOff() implements Due {}

        /** Nothing: the user has none, and the tenant offers none. */
        record NothingOffered() implements Due {}
    }

    /** Whether the user has something confirmed that enrolls, switched on or not. */
    public boolean enrolled() {
        return authenticators.stream().anyMatch(Authenticator::enrolls);
    }

    /**
     * What may prove the user now, the one used last first and the recovery code last. That counts beside something else that
     * is confirmed only, also where that is switched off: then it is the way in.
     */
    public List<Authenticator> usable() {
        var usable = new ArrayList<Authenticator>();
        for (var one : authenticators) if (isOn(one) && !isTooLittle(one)) usable.add(one);
        recoveryCode().ifPresent(usable::add);
        return usable;
    }

    private boolean isOn(Authenticator one) {
        // Codes of a locked phone or app are refused where they are judged; a key has none.
        var locked = one.kind().isWebAuthn() && one.binding().locked();
        return one.enrolls() && settings.isOn(one.kind()) && !locked;
    }

    /** Only for who has something better: nobody is kept out by a rule that he cannot follow yet. */
    private boolean isTooLittle(Authenticator one) {
        return hasWebAuthn()
                && switch (sufficient) {
                    case ANY -> false;
                    case NO_PHONE -> one.kind() == FactorKind.PHONE;
                    case PHISHING_RESISTANT -> !one.kind().isWebAuthn();
                };
    }

    /** Whether the user has bound one of this kind, switched on or not. */
    public boolean has(FactorKind kind) {
        return authenticators.stream().anyMatch(one -> one.kind() == kind && one.confirmed());
    }

    /** Whether the user has a passkey that is switched on, locked or not: locking it makes nothing else enough. */
    public boolean hasWebAuthn() {
        return authenticators.stream()
                .anyMatch(one -> one.kind().isWebAuthn() && one.enrolls() && settings.isOn(one.kind()));
    }

    public List<Authenticator.WebAuthn> webAuthn(FactorKind kind) {
        return of(Authenticator.WebAuthn.class).stream()
                .filter(one -> one.kind() == kind)
                .toList();
    }

    /**
     * Whether another authenticator of this kind may be bound, or the recovery code made anew. By the first factor alone only a first
     * one is: beside another it would be a way round that.
     */
    public boolean mayBind(FactorKind kind, Proved proved) {
        if (!settings.isOn(kind) || (enrolled() && proved == Proved.FIRST_FACTOR)) return false;
        return switch (kind) {
            case PHONE, APP -> true;
            case WEBAUTHN_ROAMING -> mayBindPasskey(proved);
            case WEBAUTHN_PLATFORM -> enrolled() && mayBindPasskey(proved);
            case RECOVERY_CODE -> enrolled() && mayMakeRecoveryCode(proved);
        };
    }

    /** What has been proved before something is bound. */
    public enum Proved {
        /** The first factor alone. */
        FIRST_FACTOR,
        /** All factors that were asked for, without a passkey: it binds no passkey beside another. */
        ALL_FACTORS,
        /** A passkey; or what stands in for one that was lost: the recovery code, or an administrator's word. */
        PASSKEY
    }

    /** Else who takes over a number would make a passkey of his own, and be taken for its owner where no less will do. */
    private boolean mayBindPasskey(Proved proved) {
        var bound =
                authenticators.stream().filter(one -> one.kind().isWebAuthn()).count();
        return bound == 0 || (proved == Proved.PASSKEY && bound < MOST_WEBAUTHN);
    }

    /** It counts as much as a passkey, so beside one it takes as much. One that its owner denied is in the way of another. */
    private boolean mayMakeRecoveryCode(Proved proved) {
        var besidePasskey = authenticators.stream().anyMatch(one -> one.kind().isWebAuthn());
        return (!besidePasskey || proved == Proved.PASSKEY)
                && authenticators.stream()
                        .noneMatch(one ->
                                one instanceof Authenticator.RecoveryCode code && code.confirmed() && code.denied());
    }

    public boolean isUsable(Authenticator one) {
        return usable().contains(one);
    }

    public List<Authenticator.Phone> phones() {
        return of(Authenticator.Phone.class);
    }

    public List<Authenticator.App> apps() {
        return of(Authenticator.App.class);
    }

    private <T extends Authenticator> List<T> of(Class<T> type) {
        return authenticators.stream()
                .filter(type::isInstance)
                .filter(this::isOn)
                .filter(one -> !isTooLittle(one))
                .map(type::cast)
                .toList();
    }

    public Optional<Authenticator.RecoveryCode> recoveryCode() {
        if (!settings.isOn(FactorKind.RECOVERY_CODE) || !enrolled()) return Optional.empty();
        return authenticators.stream()
                .filter(one -> one instanceof Authenticator.RecoveryCode && one.confirmed())
                .map(Authenticator.RecoveryCode.class::cast)
                .findFirst();
    }

    /** Whether the user has enrolled, and nothing of it is switched on. */
    public boolean switchedOff() {
        return enrolled() && authenticators.stream().noneMatch(this::isOn);
    }

    /** Whether a recovery code comes with the next authenticator: it does with the first. */
    public boolean recoveryCodeDue() {
        return settings.isOn(FactorKind.RECOVERY_CODE) && !enrolled();
    }

    /** The kinds of {@link #usable}, in its order, each once. */
    public Set<FactorKind> kinds() {
        var kinds = new LinkedHashSet<FactorKind>();
        for (var one : usable()) kinds.add(one.kind());
        return kinds;
    }

    /** The channels that reach a phone now. */
    public List<Channel> channels(Authenticator.Phone phone) {
        return settings.channels(phone.channel());
    }

    public Due due() {
        if (!enrolled())
            return settings.offered().isEmpty() ? new Due.NothingOffered() : new Due.Enroll(settings.offered());
        var usable = usable();
        return usable.isEmpty() ? new Due.SwitchedOff() : new Due.Prove(usable);
    }
}
