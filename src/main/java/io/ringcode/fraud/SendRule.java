package io.ringcode.fraud;

import io.ringcode.fraud.Admission.Learned;
import io.ringcode.tenant.TenantSettings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One rule on whether a message may be sent. Each is a bean; {@link FraudGuard} asks them in their order
 * ({@link org.springframework.core.annotation.Order}), and the first that refuses decides. A rule that takes from a lease
 * while it judges, as {@link LimitRule} does, comes last.
 */
interface SendRule {
    /**
     * Begins to judge the messages that one transaction is asked for. What the rule has counted of them before, it reads and
     * holds here, with one statement for all.
     */
    Judge begin(List<Asked> messages, Instant now);

    /** A message that is asked for, and what its tenant has set. */
    record Asked(SendRequest request, TenantSettings settings) {}

    /** Judges the messages of one transaction, one after the other. */
    interface Judge {
        /** @return why not; a {@link Admission.ProofAsked} only where the request says that it is possible */
        Optional<? extends Admission> judge(Asked message);

        /** What was found of a message that may go all the same. */
        default List<Learned> watched(Asked message) {
            return List.of();
        }

        /** Counts a message that all rules admit, for those that are judged after it. */
        void count(Asked message);

        /** Writes what was counted, with one statement for all. */
        void write();
    }
}
