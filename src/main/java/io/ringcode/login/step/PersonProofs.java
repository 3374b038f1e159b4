package io.ringcode.login.step;

import io.ringcode.fraud.ProofOfWork;
import io.ringcode.login.page.PhoneScreen;
import io.ringcode.login.page.Problem;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;

/** The page on which who asks for a code shows that he is no program: by work that his browser does, or a wait. */
@Component
class PersonProofs {
    private final ProofOfWork work;
    private final FactorPolicy policy;
    private final Clock clock;

    PersonProofs(ProofOfWork work, FactorPolicy policy, Clock clock) {
        this.work = work;
        this.policy = policy;
        this.clock = clock;
    }

    PhoneScreen.ProvePerson screen(PageRequest page, Step.ProvePerson step, List<Problem> problems) {
        var now = clock.instant();
        var login = page.login().id();
        return new PhoneScreen.ProvePerson(
                work.challenge(page.tenant(), login, now),
                work.wait(page.tenant(), login, now),
                step.number() == null ? policy.hasOthers(page) : policy.leadsElsewhere(page),
                problems);
    }

    boolean isGiven(PageRequest page) {
        var now = clock.instant();
        var login = page.login().id();
        return work.isSolved(page.tenant(), login, page.typed("altcha"), now)
                || work.hasWaited(page.tenant(), login, page.caller().origin(), page.typed("waited"), now);
    }
}
