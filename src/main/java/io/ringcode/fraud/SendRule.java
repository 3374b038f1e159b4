package io.ringcode.fraud;

import io.ringcode.fraud.Admission.Denied;
import io.ringcode.tenant.TenantSettings;
import java.time.Instant;
import java.util.Optional;

/**
 * One rule on whether a message may be sent. Each is a bean; {@link FraudGuard} asks them in their order
 * ({@link org.springframework.core.annotation.Order}), and the first that refuses decides. Rules that count come last, so
 * that what another rule refuses is not counted.
 */
interface SendRule {
    /**
     * Runs in the transaction that queues the message; what a rule writes there goes when the message does.
     *
     * @param settings the tenant's
     */
    Optional<Denied> judge(SendRequest request, TenantSettings settings, Instant now);
}
