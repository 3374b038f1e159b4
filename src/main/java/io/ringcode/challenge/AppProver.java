package io.ringcode.challenge;

import io.ringcode.challenge.Transaction.Standing;
import io.ringcode.challenge.Verification.WrongCode;
import io.ringcode.factor.Authenticator;
import io.ringcode.factor.AuthenticatorId;
import io.ringcode.factor.Authenticators;
import io.ringcode.factor.Guess;
import io.ringcode.factor.GuessCount;
import io.ringcode.factor.GuessCount.HeldApp;
import io.ringcode.factor.ProofMethod;
import io.ringcode.text.Typed;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * A code of an authenticator app. It is tried on each app that may prove the user, so a wrong one, or one that was spent
 * before, counts against each of them; a right one counts against none of the others.
 */
@Component
class AppProver {
    private final Authenticators authenticators;
    private final GuessCount guesses;
    private final GuessEvaluation evaluation;

    AppProver(Authenticators authenticators, GuessCount guesses, GuessEvaluation evaluation) {
        this.authenticators = authenticators;
        this.guesses = guesses;
        this.evaluation = evaluation;
    }

    Verification prove(Transaction login, Proof.AppCode proof, Instant now) {
        var held = guesses.hold(login.tenant(), tried(login, proof), now);
        if (held.isEmpty()) return WrongCode.uncounted();
        var open = held.stream().filter(HeldApp::open).toList();
        if (open.isEmpty())
            return evaluated(login, held.getFirst(), held.getFirst().refused(), now);
        var typed = new Typed(proof.code()).code();
        for (var app : open) {
            var step = Totp.stepOf(app.seed(), typed, now);
            if (step == null || step <= app.lastStep()) continue;
            guesses.right(login.tenant(), app.id(), step, now);
            return evaluated(login, app, Guess.right(app.first()), now);
        }
        guesses.wrong(login.tenant(), open.stream().map(HeldApp::id).toList(), now);
        return evaluated(login, open.getFirst(), open.getFirst().wrong(), now);
    }

    private Verification evaluated(Transaction login, HeldApp app, Guess guess, Instant now) {
        return evaluation.of(login, app.id(), ProofMethod.APP_CODE, guess, now);
    }

    /** One that waits for its first code is tried only in the sign-in that bound it. */
    private List<AuthenticatorId> tried(Transaction login, Proof.AppCode proof) {
        var having = authenticators
                .of(login.tenant(), login.user(), login.caller().client().id())
                .under(login.sufficient());
        return having.authenticators().stream()
                .filter(Authenticator.App.class::isInstance)
                .filter(app -> proof.app() == null || app.id().equals(proof.app()))
                .filter(app -> app.confirmed()
                        ? having.isUsable(app)
                        : login.id().equals(app.binding().boundIn()) && mayBind(login, having.enrolled()))
                .map(Authenticator::id)
                .toList();
    }

    private static boolean mayBind(Transaction login, boolean enrolled) {
        return !enrolled || login.standing() == Standing.ALL_FACTORS;
    }
}
