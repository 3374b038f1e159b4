package io.ringcode.management.phone;

import io.ringcode.client.Caller;
import io.ringcode.fraud.SendLimits;
import io.ringcode.fraud.SendLimits.Bucket;
import io.ringcode.fraud.SendLimits.Limit;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.Body;
import io.ringcode.management.json.ResponseObject;
import io.ringcode.tenant.Tenants;
import java.util.Arrays;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How many messages may be sent. Auth0 has no such resource; its own limits are fixed. */
@RestController
@RequestMapping("/api/v2/guardian/factors/phone/limits")
class SendLimitsController {
    private static final double HOUR = 3_600;
    private static final int MOST = 1_000_000;

    private final Tenants tenants;
    private final Changes changes;

    SendLimitsController(Tenants tenants, Changes changes) {
        this.tenants = tenants;
        this.changes = changes;
    }

    @GetMapping
    @RequiresScope("read:attack_protection")
    Map<String, Object> read(Caller caller) {
        return shown(SendLimits.of(tenants.settings(caller.tenant())));
    }

    /** Replaces them all; what is left out is as on a new tenant. */
    @PutMapping
    @RequiresScope("update:attack_protection")
    Map<String, Object> set(Caller caller, Body body) {
        body.only(Arrays.stream(Limit.values()).map(Limit::wire).toArray(String[]::new));
        var limits = SendLimits.DEFAULT;
        for (var limit : Limit.values()) if (body.has(limit.wire())) limits = limits.with(limit, bucket(body, limit));
        changes.set(caller, SendLimits.NAME, limits);
        return shown(limits);
    }

    private static Bucket bucket(Body body, Limit limit) {
        var given = body.object(limit.wire()).only("at_once", "per_hour");
        return new Bucket(given.number("at_once", 1, MOST), HOUR / given.number("per_hour", 1, MOST));
    }

    private static Map<String, Object> shown(SendLimits limits) {
        var shown = new ResponseObject();
        for (var limit : Limit.values()) shown.put(limit.wire(), shown(limits.get(limit)));
        return shown.members();
    }

    private static Map<String, Object> shown(Bucket bucket) {
        return new ResponseObject()
                .put("at_once", bucket.size())
                .put("per_hour", Math.max(1, Math.round(HOUR / bucket.refillSeconds())))
                .members();
    }
}
