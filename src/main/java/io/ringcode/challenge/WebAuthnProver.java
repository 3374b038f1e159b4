package io.ringcode.challenge;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecord;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticatorTransport;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.COSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import io.ringcode.challenge.ChallengeEvent.KeyRefused;
import io.ringcode.challenge.Verification.WrongCode;
import io.ringcode.factor.Authenticator;
import io.ringcode.factor.AuthenticatorId;
import io.ringcode.factor.Authenticators;
import io.ringcode.factor.Guess;
import io.ringcode.factor.ProofMethod;
import io.ringcode.factor.ProofMethod.Verified;
import io.ringcode.factor.WebAuthnCredential;
import io.ringcode.factor.WebAuthnCredentials;
import io.ringcode.factor.WebAuthnCredentials.NewCredential;
import io.ringcode.fraud.OneTimeChallenges;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * A security key or a device (WebAuthn): a new key is bound by the answer of its making, a bound one proves by a signature.
 * webauthn4j verifies both against the ceremony: its challenge, its origin and its domain. Wrong answers are not counted,
 * since nobody guesses a signature.
 */
@Component
class WebAuthnProver {
    private static final List<PublicKeyCredentialParameters> ALGORITHMS = WebAuthnCeremony.ALGORITHMS.stream()
            .map(one -> new PublicKeyCredentialParameters(
                    PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.create(one)))
            .toList();

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final ObjectConverter converter = new ObjectConverter();
    /** Takes any attestation, and believes none: which models somebody may use is nobody's affair here. */
    private final WebAuthnManager library = WebAuthnManager.createNonStrictWebAuthnManager(converter);

    private final Authenticators authenticators;
    private final WebAuthnCredentials credentials;
    private final OneTimeChallenges challenges;
    private final GuessEvaluation evaluation;
    private final ApplicationEventPublisher events;

    WebAuthnProver(
            Authenticators authenticators,
            WebAuthnCredentials credentials,
            OneTimeChallenges challenges,
            GuessEvaluation evaluation,
            ApplicationEventPublisher events) {
        this.authenticators = authenticators;
        this.credentials = credentials;
        this.challenges = challenges;
        this.evaluation = evaluation;
        this.events = events;
    }

    Verification bind(Transaction login, Proof.NewKey proof, Instant now) {
        var ceremony = proof.ceremony();
        if (ended(ceremony, now)) return refused(login, null, ceremony, "the answer came too late");
        var having = authenticators.of(login.tenant(), login.user());
        if (!having.mayBind(ceremony.kind(), proof.proved()))
            return refused(login, null, ceremony, "no further key may be bound");
        WebAuthnCredential made;
        try {
            made = judged(() -> credential(
                    library.verify(
                            library.parseRegistrationResponseJSON(proof.response()),
                            new RegistrationParameters(
                                    server(ceremony), ALGORITHMS, ceremony.requiresVerification(), true)),
                    ceremony));
        } catch (NotTaken wrong) {
            return refused(login, null, ceremony, wrong.reason());
        }
        // An application keeps its challenge until the end; that of a page goes with the page.
        if (!challenges.spend(login.tenant(), ceremony.challenge(), now))
            return refused(login, null, ceremony, "its challenge was answered before");
        var added =
                new NewCredential(proof.id(), login.user(), ceremony.kind(), null, made, login.id(), proof.proved());
        if (!credentials.add(login.tenant(), added, now))
            return refused(login, null, ceremony, "it is bound already, or there are too many");
        var method = ProofMethod.created(ceremony.kind(), made);
        return evaluation.of(login, proof.id(), method, Guess.right(true), now);
    }

    private WebAuthnCredential credential(RegistrationData data, WebAuthnCeremony ceremony) {
        var authenticator = Objects.requireNonNull(data.getAttestationObject()).getAuthenticatorData();
        var attested = Objects.requireNonNull(authenticator.getAttestedCredentialData());
        var transports = data.getTransports();
        return new WebAuthnCredential(
                BASE64.encodeToString(attested.getCredentialId()),
                BASE64.encodeToString(converter.getCborMapper().writeValueAsBytes(attested.getCOSEKey())),
                ceremony.relyingParty(),
                authenticator.getSignCount(),
                attested.getAaguid().getValue(),
                transports == null
                        ? List.of()
                        : transports.stream()
                                .map(AuthenticatorTransport::getValue)
                                .filter(one -> one.matches("[a-z-]{1,20}"))
                                .sorted()
                                .limit(8)
                                .toList(),
                authenticator.isFlagBE(),
                authenticator.isFlagBS());
    }

    Verification prove(Transaction login, Proof.KeySignature proof, Instant now) {
        var ceremony = proof.ceremony();
        if (ended(ceremony, now)) return refused(login, null, ceremony, "the answer came too late");
        AuthenticatorId id = null;
        try {
            var data = judged(() -> library.parseAuthenticationResponseJSON(proof.response()));
            var key = owned(login, ceremony, BASE64.encodeToString(data.getCredentialId()))
                    .orElseThrow(() -> new NotTaken("it is none of the user's keys"));
            id = key.id();
            checkOwner(login, data);
            var known = key.credential();
            var signed = judged(() -> {
                var parameters = new AuthenticationParameters(
                        server(ceremony), record(known), null, ceremony.requiresVerification(), true);
                return Objects.requireNonNull(library.verify(data, parameters).getAuthenticatorData());
            });
            count(login, id, signed.getSignCount(), signed.isFlagBS(), now);
            var verified = signed.isFlagUV() ? Verified.USER : Verified.PRESENCE;
            var method = ProofMethod.signed(ceremony.kind(), known, verified);
            return evaluation.of(login, id, method, Guess.right(false), now);
        } catch (NotTaken wrong) {
            return refused(login, id, ceremony, wrong.reason());
        }
    }

    /** An authenticator need not say whose its key is; what it says must be true. */
    private void checkOwner(Transaction login, AuthenticationData data) {
        var handle = data.getUserHandle();
        if (handle == null || handle.length == 0) return;
        if (!MessageDigest.isEqual(handle, credentials.userHandle(login.tenant(), login.user())))
            throw new NotTaken("it was made for another user");
    }

    private void count(Transaction login, AuthenticatorId id, long signCount, boolean backedUp, Instant now) {
        switch (credentials.use(login.tenant(), login.user(), id, signCount, backedUp, now)) {
            case WENT_BACK -> throw new NotTaken("its signature counter went back, so there may be a copy of it");
            case GONE -> throw new NotTaken("it was removed meanwhile");
            case TAKEN -> {}
        }
    }

    /** One of the user's own that may prove now, for this domain. */
    private Optional<Authenticator.WebAuthn> owned(Transaction login, WebAuthnCeremony ceremony, String credential) {
        return authenticators.of(login.tenant(), login.user()).webAuthn(ceremony.kind()).stream()
                .filter(one -> one.credential().id().equals(credential))
                .filter(one -> one.credential().relyingParty().equals(ceremony.relyingParty()))
                .findFirst();
    }

    /** Its count is left at zero: the statement that counts a use compares, since two may come at once. */
    private CredentialRecord record(WebAuthnCredential known) {
        var key = Objects.requireNonNull(converter.getCborMapper().readValue(known.rawPublicKey(), COSEKey.class));
        var model = known.aaguid();
        return new CredentialRecordImpl(
                new NoneAttestationStatement(),
                null,
                known.backupEligible(),
                known.backedUp(),
                0,
                new AttestedCredentialData(model == null ? AAGUID.ZERO : new AAGUID(model), known.rawId(), key),
                null,
                null,
                null,
                Set.of());
    }

    private static ServerProperty server(WebAuthnCeremony ceremony) {
        return ServerProperty.builder()
                .origins(ceremony.origins().stream().map(Origin::new).collect(Collectors.toSet()))
                .rpId(ceremony.relyingParty())
                .challenge(new DefaultChallenge(ceremony.challenge()))
                .build();
    }

    private static boolean ended(WebAuthnCeremony ceremony, Instant now) {
        return !now.isBefore(ceremony.expiresAt());
    }

    private Verification refused(
            Transaction login, @Nullable AuthenticatorId id, WebAuthnCeremony ceremony, String reason) {
        events.publishEvent(new KeyRefused(login.caller(), login.user(), id, ceremony.kind(), reason));
        return WrongCode.uncounted();
    }

    /** What the library says of what a browser sent; its own message may repeat that, so only the kind of error is told. */
    private static <T> T judged(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException wrong) {
            throw new NotTaken(wrong.getClass().getSimpleName().replaceFirst("Exception$", ""));
        }
    }

    private static final class NotTaken extends RuntimeException {
        NotTaken(String reason) {
            super(reason, null, false, false);
        }

        String reason() {
            return Objects.requireNonNull(getMessage());
        }
    }
}
