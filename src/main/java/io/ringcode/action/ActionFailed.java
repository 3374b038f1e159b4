package io.ringcode.action;

import io.ringcode.client.ClientId;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An action did not come to a good end: it threw, hung, died, or could not be run.
 *
 * @param name as its owner calls it
 * @param result {@code failed}, {@code timed_out}, {@code died} or {@code not_run}
 * @param error masked, at most 500 characters
 */
public record ActionFailed(
        TenantId tenant,
        String action,
        String name,
        int version,
        String trigger,
        UUID execution,
        String result,
        @Nullable String error,
        UserId user,
        @Nullable ClientId client) {}
