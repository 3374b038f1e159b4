package io.ringcode.login.step;

import io.ringcode.login.page.EndScreen.EnrollOutcome;
import io.ringcode.login.page.EndScreen.ResetOutcome;
import io.ringcode.login.page.EndScreen.Trouble;
import io.ringcode.login.page.Problem;
import io.ringcode.session.Login;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of a step: where a page's form leads. */
public sealed interface StepResult {
    /** Another page is next. */
    record Next(Login login, Step step) implements StepResult {}

    /** The same page again, with the problems of its form. */
    record Again(List<Problem> problems) implements StepResult {
        static Again with(Problem problem) {
            return new Again(List.of(problem));
        }
    }

    /**
     * The next step is stored already, in the transaction that earned it.
     *
     * @param session the token of the browser's new session; null for none
     * @param remember whether the browser is to be remembered from now on
     */
    record Stored(Login login, @Nullable String session, boolean remember) implements StepResult {}

    /** What was due is done, and stored; what comes next is decided by scripts, outside of the transaction that stored it. */
    record Undecided(Login login) implements StepResult {}

    /** What was due is due no more: what comes next is decided anew. */
    record Restart() implements StepResult {}

    /** A second factor is due, and there is none that the user could use or bind. */
    record NoFactor(Trouble why) implements StepResult {}

    /** A link for a new password has come to its end. */
    record ResetOver(ResetOutcome how) implements StepResult {}

    /** Nothing was bound by an administrator's link. */
    record TicketOver(EnrollOutcome why) implements StepResult {}
}
