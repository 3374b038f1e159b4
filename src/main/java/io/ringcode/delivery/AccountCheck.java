package io.ringcode.delivery;

import java.io.IOException;

/** A carrier that can be asked whether an account's credentials are good, without sending anything. */
public interface AccountCheck {
    /** The carrier's. */
    String name();

    /**
     * @param values of a complete account
     * @throws IOException when the carrier could not be asked: nothing is known then
     */
    Verdict check(AccountValues values) throws IOException;

    /** What the carrier says of the credentials. */
    sealed interface Verdict {
        record Good() implements Verdict {}

        /** @param reason for the administrator; quotes no credential */
        record Bad(String reason) implements Verdict {}

        /** The carrier answered, and not to the question. */
        record Unclear(String reason) implements Verdict {}
    }
}
