package io.ringcode.factor;

import io.ringcode.factor.UsableFactors.Proved;
import io.ringcode.phone.Channel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The methods by which a user was authenticated, in the order they were used: the claim {@code amr} (RFC 8176), and what
 * follows from it for {@code acr}.
 */
public record Amr(List<String> methods) {
    /** The context class of a sign-in by more than one factor. */
    public static final String MULTI_FACTOR = "http://schemas.openid.net/pape/policies/2007/06/multi-factor";

    /**
     * The context class of a proof that no page of another domain can have asked for (OpenID Connect EAP ACR Values 1.0),
     * and the mark of one among the methods. RFC 8176 has no such method, so tokens do not tell it as one.
     */
    public static final String PHISHING_RESISTANT = "phr";

    public static final Amr NONE = new Amr(List.of());
    public static final Amr PASSWORD = new Amr(List.of("pwd"));

    private static final String SEVERAL = "mfa";

    /** A remembered browser stood for the second factor; "risk-based" is the nearest in RFC 8176. */
    private static final String REMEMBERED = "rba";

    public Amr {
        methods = List.copyOf(methods);
    }

    /** With a second factor that was proved beside the first one. */
    public Amr and(ProofMethod method) {
        return plus(method).plus(SEVERAL);
    }

    /**
     * With a factor that was proved in a sign-in whose first factor is somebody else's to tell of. Of a recovery code
     * nothing can be told but that it was a factor more.
     */
    public Amr alone(ProofMethod method) {
        var told = new Amr(methods.stream().filter(one -> !one.equals(SEVERAL)).toList());
        return method.amr().isEmpty() && told.methods().isEmpty() ? told.plus(SEVERAL) : told.plus(method);
    }

    private Amr plus(ProofMethod method) {
        var all = this;
        for (var word : method.amr()) all = all.plus(word);
        return all;
    }

    public Amr remembered() {
        return plus(REMEMBERED);
    }

    /** The word for several factors stays the last. */
    private Amr plus(String method) {
        if (methods.contains(method)) return this;
        var all = new ArrayList<>(methods);
        var end = all.indexOf(SEVERAL);
        all.add(end < 0 ? all.size() : end, method);
        return new Amr(all);
    }

    /** What is left where only the first factor counts: a password, or nothing. */
    public Amr firstFactor() {
        return new Amr(methods.stream().filter(PASSWORD.methods()::contains).toList());
    }

    /** Which second factor was proved, as far as the methods tell: a recovery code leaves no word of its own. */
    public FactorKind factor() {
        if (Arrays.stream(Channel.values()).anyMatch(channel -> methods.contains(channel.amr())))
            return FactorKind.PHONE;
        if (methods.contains("otp")) return FactorKind.APP;
        return methods.contains("user") ? FactorKind.WEBAUTHN_ROAMING : FactorKind.RECOVERY_CODE;
    }

    /** Whether a second factor was proved beside the first. */
    public boolean multiFactor() {
        return methods.contains(SEVERAL);
    }

    /** Whether the second factor was proved, or was not asked because the browser had proved it before. */
    public boolean pastSecondFactor() {
        return multiFactor() || methods.contains(REMEMBERED);
    }

    /** Whether something was proved that only its holder has: a phone or an app. A recovery code can be copied. */
    public boolean possession() {
        return ProofMethod.possessions().stream().anyMatch(methods::contains);
    }

    /** Whether a key signed for this server's own domain, by its owner's PIN, finger or face. */
    public boolean phishingResistant() {
        return methods.contains(PHISHING_RESISTANT);
    }

    /** What may be bound by whoever has proved all factors by these. A recovery code leaves no possession behind. */
    public Proved allFactors() {
        return phishingResistant() || !possession() ? Proved.PASSKEY : Proved.ALL_FACTORS;
    }

    /** As a token tells it, with what its context class says beside. */
    public static Amr told(List<String> claim, @Nullable String acr) {
        var told = new Amr(claim);
        return PHISHING_RESISTANT.equals(acr) ? told.plus(PHISHING_RESISTANT) : told;
    }

    /** For who did not ask whether it resists phishing: no more than the methods. */
    public Amr withoutResistance() {
        return new Amr(claim());
    }

    /** What a token says. */
    public List<String> claim() {
        return methods.stream().filter(one -> !one.equals(PHISHING_RESISTANT)).toList();
    }

    /** The context class that was reached; null for a password alone. */
    public @Nullable String acr() {
        if (phishingResistant()) return PHISHING_RESISTANT;
        return multiFactor() ? MULTI_FACTOR : null;
    }
}
