package io.ringcode.login;

import io.ringcode.login.page.Problem;
import io.ringcode.login.page.Screen.EnrollOutcome;
import io.ringcode.login.page.Screen.Trouble;
import io.ringcode.session.Login;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a form came to. */
sealed interface Reply {
    /** On to another page. */
    record Next(Login login, Step step) implements Reply {}

    /** The same page again, with what was wrong. */
    record Again(List<Problem> problems) implements Reply {
        static Again with(Problem problem) {
            return new Again(List.of(problem));
        }
    }

    /**
     * Stored already, together with what it rests on.
     *
     * @param session the token of the browser's new session; null for none
     * @param remember whether the browser is to be remembered from now on
     */
    record Stored(Login login, @Nullable String session, boolean remember) implements Reply {}

    /** What was due is due no more: what comes next is decided anew. */
    record Restart() implements Reply {}

    /** A second factor is due, and there is none that the user could use or bind. */
    record NoFactor(Trouble why) implements Reply {}

    /** Nothing was bound by an administrator's link. */
    record TicketOver(EnrollOutcome why) implements Reply {}
}
