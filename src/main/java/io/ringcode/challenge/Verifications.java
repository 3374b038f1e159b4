package io.ringcode.challenge;

import io.ringcode.challenge.Verification.SwitchedOff;
import io.ringcode.factor.Authenticators;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Judges proofs, each guess counted first. Runs in its caller's transaction, which must commit, unless the outcome says that
 * it is {@link Verification#undone}.
 */
@Component
public class Verifications {
    private final PhoneProver phones;
    private final AppProver apps;
    private final WebAuthnProver webAuthn;
    private final RecoveryCodeProver recoveryCodes;
    private final Authenticators authenticators;
    private final Clock clock;

    Verifications(
            PhoneProver phones,
            AppProver apps,
            WebAuthnProver webAuthn,
            RecoveryCodeProver recoveryCodes,
            Authenticators authenticators,
            Clock clock) {
        this.phones = phones;
        this.apps = apps;
        this.webAuthn = webAuthn;
        this.recoveryCodes = recoveryCodes;
        this.authenticators = authenticators;
        this.clock = clock;
    }

    /** Whose an oob_code is, before anything is counted. */
    public enum Ownership {
        OURS,
        MALFORMED,
        OTHER_LOGIN
    }

    public Ownership ownership(Transaction login, String oobCode) {
        return phones.open(login, oobCode)
                .map(handle -> handle.transaction().equals(login.id()) ? Ownership.OURS : Ownership.OTHER_LOGIN)
                .orElse(Ownership.MALFORMED);
    }

    public Verification prove(Transaction login, Proof proof) {
        var now = clock.instant();
        return switch (proof) {
            case Proof.OutOfBand code ->
                prove(List.of(new SentCode(login, code))).getFirst();
            case Proof.AppCode code -> isOn(login, proof) ? apps.prove(login, code, now) : new SwitchedOff();
            case Proof.NewKey key -> isOn(login, proof) ? webAuthn.bind(login, key, now) : new SwitchedOff();
            case Proof.KeySignature signature ->
                isOn(login, proof) ? webAuthn.prove(login, signature, now) : new SwitchedOff();
            case Proof.RecoveryCode code ->
                isOn(login, proof) ? recoveryCodes.prove(login, code, now) : new SwitchedOff();
        };
    }

    /** A code that was sent, as somebody typed it in a sign-in. */
    public record SentCode(Transaction login, Proof.OutOfBand proof) {}

    /**
     * Judges codes that were sent, with one statement for all.
     *
     * @param codes no two by the same user
     * @return in the order of the codes
     */
    public List<Verification> prove(List<SentCode> codes) {
        var on = codes.stream().map(this::isOn).toList();
        var asked = new ArrayList<SentCode>();
        for (int i = 0; i < codes.size(); i++) if (on.get(i)) asked.add(codes.get(i));
        var judged = phones.prove(asked, clock.instant()).iterator();
        return on.stream().map(isOn -> isOn ? judged.next() : new SwitchedOff()).toList();
    }

    private boolean isOn(SentCode code) {
        return isOn(code.login(), code.proof());
    }

    private boolean isOn(Transaction login, Proof proof) {
        return authenticators.settings(login.tenant()).isOn(proof.kind());
    }
}
