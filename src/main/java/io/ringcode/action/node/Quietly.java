package io.ringcode.action.node;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closing what is of no use any more. */
final class Quietly {
    private static final Logger log = LoggerFactory.getLogger(Quietly.class);

    private Quietly() {}

    static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception failure) {
            log.debug("Closing goes on after a failure", failure);
        }
    }
}
