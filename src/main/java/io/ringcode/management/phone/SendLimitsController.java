package io.ringcode.management.phone;

import io.ringcode.client.Caller;
import io.ringcode.fraud.SendLimits;
import io.ringcode.fraud.SendLimits.Bucket;
import io.ringcode.fraud.SendLimits.Limit;
import io.ringcode.json.JsonAnswer;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.Range;
import io.ringcode.json.Rule.Whole;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.tenant.Tenants;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How many messages may be sent. Auth0 has no such resource; its own limits are fixed. */
@RestController
@RequestMapping("/api/v2/guardian/factors/phone/limits")
public class SendLimitsController {
    private static final double HOUR = 3_600;
    static final int MOST = 1_000_000;

    private final Tenants tenants;
    private final Changes changes;

    SendLimitsController(Tenants tenants, Changes changes) {
        this.tenants = tenants;
        this.changes = changes;
    }

    /** How many messages at once, and how many an hour after those. */
    public record Shown(
            @Range(min = 1, max = MOST) int atOnce,
            @Range(min = 1, max = MOST) int perHour) implements JsonAnswer {
        private static Shown of(Bucket bucket) {
            return new Shown(bucket.size(), bucket.perHour());
        }

        private Bucket bucket() {
            return new Bucket(atOnce, HOUR / perHour);
        }
    }

    /** What is left out is as on a new tenant. */
    public record Change(@Whole Map<Limit, Shown> limits) implements JsonBody {}

    @GetMapping
    @RequiresScope("read:attack_protection")
    public Map<String, Shown> read(Caller caller) {
        return shown(SendLimits.of(tenants.settings(caller.tenant())));
    }

    /** Replaces them all. */
    @PutMapping
    @RequiresScope("update:attack_protection")
    public Map<String, Shown> set(Caller caller, Change change) {
        var limits = SendLimits.DEFAULT;
        for (var one : change.limits().entrySet())
            limits = limits.with(one.getKey(), one.getValue().bucket());
        changes.set(caller, SendLimits.NAME, limits);
        return shown(limits);
    }

    private static Map<String, Shown> shown(SendLimits limits) {
        var shown = new java.util.LinkedHashMap<String, Shown>();
        for (var limit : Limit.values()) shown.put(limit.wire(), Shown.of(limits.get(limit)));
        return shown;
    }
}
