package io.ringcode.login.step;

import io.ringcode.login.page.Problem;
import io.ringcode.login.page.Screen;
import io.ringcode.login.page.Screen.Factor;
import java.util.List;

/**
 * The pages of one kind of factor: how it is proved and bound, what their forms do and what they show. The sign-in flow knows
 * no more of a kind than this.
 *
 * @param <S> where a sign-in is while one of them is due
 */
interface FactorPages<S extends Step> {
    /** To the page on which the user proves the authenticator of this kind that was used last. */
    StepResult prove(PageRequest page);

    /** To that page by one of the ways that {@link FactorPolicy#ways} lists. */
    default StepResult prove(PageRequest page, Factor way) {
        return prove(page);
    }

    /** Back to that page, without anything being sent by that alone. */
    default StepResult back(PageRequest page) {
        return prove(page);
    }

    /**
     * To the page on which an authenticator of this kind is bound.
     *
     * @param offered as {@link FactorPolicy#offered} lists it
     * @param proved whether the second factor is done, so that this is advice
     */
    StepResult bind(PageRequest page, Factor offered, boolean proved);

    /** What the form of a page does. */
    StepResult handle(PageRequest page, S step);

    /** @param problems what was wrong with the last try; empty on first sight */
    Screen show(PageRequest page, S step, List<Problem> problems);
}
