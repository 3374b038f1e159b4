package io.ringcode.batch;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.NonTransientDataAccessResourceException;

/** Failures that are the database's own trouble, which no item is to blame for, and after which a commit may have been kept. */
final class DatabaseAway {
    private DatabaseAway() {}

    static boolean isMeantBy(Throwable failure) {
        return failure instanceof DataAccessResourceFailureException
                || failure instanceof NonTransientDataAccessResourceException;
    }
}
