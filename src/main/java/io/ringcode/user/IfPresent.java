package io.ringcode.user;

import java.util.Set;
import java.util.function.UnaryOperator;

/** What becomes of a user of an import who is there already. */
public sealed interface IfPresent {
    record Refuse() implements IfPresent {}

    /** @param untouchable of some users those who are not to be changed */
    record Change(UnaryOperator<Set<UserId>> untouchable) implements IfPresent {}
}
