package io.ringcode.batch;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.NonTransientDataAccessResourceException;

/** Failures that are the database's own trouble, which no item is to blame for, and after which a commit may have been kept. */
final class DatabaseAway {
    private DatabaseAway() {}

    static boolean isMeantBy(Throwable failure) {
        // Class 54, a limit of the program such as the size of an index row, is the item's own.
        var state = SqlState.of(failure);
        return (state == null || !state.startsWith("54"))
                && (failure instanceof DataAccessResourceFailureException
                        || failure instanceof NonTransientDataAccessResourceException);
    }
}
