package io.ringcode.action;

import io.ringcode.tenant.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A hook or an action.
 *
 * @param enabled of a hook: whether it answers its trigger
 * @param newest the version that was saved last
 * @param live the version that runs; null as long as an action was never deployed
 */
public record Script(
        TenantId tenant,
        String id,
        Kind kind,
        String name,
        Trigger trigger,
        String triggerVersion,
        boolean enabled,
        int newest,
        @Nullable Integer live,
        Instant createdAt,
        Instant updatedAt) {

    public enum Kind {
        HOOK("hook"),
        ACTION("action");

        private final String column;

        Kind(String column) {
            this.column = column;
        }

        String column() {
            return column;
        }
    }

    /** The exported function to call; null for a hook, which exports nothing but that. */
    @Nullable
    String entry() {
        return kind == Kind.HOOK ? null : trigger.entry();
    }
}
