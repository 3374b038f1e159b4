package io.ringcode.management.phone;

import io.ringcode.client.Caller;
import io.ringcode.fraud.SendLimits;
import io.ringcode.fraud.SendLimits.Bucket;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.Body;
import io.ringcode.management.json.ResponseObject;
import io.ringcode.tenant.Tenants;
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
        body.only("user", "number", "address", "tenant");
        var limits = new SendLimits(
                bucket(body, "user", SendLimits.DEFAULT.user()),
                bucket(body, "number", SendLimits.DEFAULT.number()),
                bucket(body, "address", SendLimits.DEFAULT.address()),
                bucket(body, "tenant", SendLimits.DEFAULT.tenant()));
        changes.set(caller, SendLimits.NAME, limits);
        return shown(limits);
    }

    private static Bucket bucket(Body body, String name, Bucket usual) {
        if (!body.has(name)) return usual;
        var given = body.object(name).only("at_once", "per_hour");
        return new Bucket(given.number("at_once", 1, MOST), HOUR / given.number("per_hour", 1, MOST));
    }

    private static Map<String, Object> shown(SendLimits limits) {
        return new ResponseObject()
                .put("user", shown(limits.user()))
                .put("number", shown(limits.number()))
                .put("address", shown(limits.address()))
                .put("tenant", shown(limits.tenant()))
                .members();
    }

    private static Map<String, Object> shown(Bucket bucket) {
        return new ResponseObject()
                .put("at_once", bucket.size())
                .put("per_hour", Math.max(1, Math.round(HOUR / bucket.refillSeconds())))
                .members();
    }
}
