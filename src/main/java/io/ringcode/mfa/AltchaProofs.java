package io.ringcode.mfa;

import io.ringcode.authorization.OAuthError;
import io.ringcode.authorization.OAuthRefused;
import io.ringcode.authorization.SendRefusals;
import io.ringcode.challenge.Started;
import io.ringcode.challenge.Started.ProofWanted;
import io.ringcode.challenge.Transaction;
import io.ringcode.fraud.ProofOfWork;
import io.ringcode.fraud.SendRequest.Proof;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Proof of work for applications that show ALTCHA's widget, or do the work themselves: they say so by the member {@code altcha}, which is {@code ask}
 * at first and holds the solution when the request is repeated.
 */
@Component
class AltchaProofs {
    private final ProofOfWork work;
    private final Clock clock;

    AltchaProofs(ProofOfWork work, Clock clock) {
        this.work = work;
        this.clock = clock;
    }

    /** @param altcha null where the application cannot ask anybody for a proof */
    Proof given(Transaction login, @Nullable String altcha) {
        if (altcha == null) return Proof.IMPOSSIBLE;
        return work.isSolved(login.tenant(), login.id(), altcha, clock.instant()) ? Proof.PASSED : Proof.POSSIBLE;
    }

    /** Why no code is on its way, with a challenge where its solution helps. */
    OAuthRefused refusal(Transaction login, Started started) {
        if (!(started instanceof ProofWanted)) return SendRefusals.of(started);
        return new OAuthRefused(
                OAuthError.REQUIRES_VERIFICATION,
                Map.of("altcha", work.challenge(login.tenant(), login.id(), clock.instant())));
    }
}
