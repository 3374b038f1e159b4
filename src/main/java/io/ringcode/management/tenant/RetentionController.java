package io.ringcode.management.tenant;

import io.ringcode.client.Caller;
import io.ringcode.json.JsonAnswer;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.Range;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.tenant.Retention;
import io.ringcode.tenant.Tenants;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** For how long records are kept. Ringcode's own. */
@RestController
@RequestMapping("/api/v2/retention")
public class RetentionController {
    private final Tenants tenants;
    private final Changes changes;

    RetentionController(Tenants tenants, Changes changes) {
        this.tenants = tenants;
        this.changes = changes;
    }

    /** In days. */
    public record Shown(int messageDays, int logDays) implements JsonAnswer {
        private static Shown of(Retention retention) {
            return new Shown(retention.messages(), retention.log());
        }
    }

    /** What is left out is as on a new tenant. */
    public record Change(
            @Nullable @Range(min = Retention.LEAST, max = Retention.MOST)
            Integer messageDays,

            @Nullable @Range(min = Retention.LEAST, max = Retention.MOST)
            Integer logDays)
            implements JsonBody {
        private Retention retention() {
            return new Retention(
                    messageDays == null ? Retention.DEFAULT.messages() : messageDays,
                    logDays == null ? Retention.DEFAULT.log() : logDays);
        }
    }

    @GetMapping
    @RequiresScope("read:tenant_settings")
    public Shown read(Caller caller) {
        return Shown.of(Retention.of(tenants.settings(caller.tenant())));
    }

    /** Replaces both. What is older then goes within minutes, and does not come back. */
    @PutMapping
    @RequiresScope("update:tenant_settings")
    public Shown set(Caller caller, Change change) {
        changes.set(caller, Retention.NAME, change.retention());
        return Shown.of(change.retention());
    }
}
