package io.ringcode.audit;

import io.ringcode.client.Caller;
import io.ringcode.tenant.TenantId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event, as Auth0's log tells it.
 *
 * @param type Auth0's type code, such as {@code gd_auth_succeed}
 * @param data the record's further members; no code and no whole number in any
 */
record LogLine(
        TenantId tenant,
        String type,
        @Nullable String user,
        @Nullable String client,
        Map<String, Object> data) {

    static LogLine of(
            Caller caller, String type, @Nullable String user, String description, Map<String, Object> details) {
        var origin = caller.origin();
        var data = new LinkedHashMap<String, Object>();
        data.put("description", description);
        data.put("client_name", caller.client().name());
        data.put("ip", origin.ip());
        data.put("hostname", origin.host());
        if (origin.userAgent() != null) data.put("user_agent", origin.userAgent());
        var told = new LinkedHashMap<>(details);
        if (caller.administrator() != null) told.put("administrator", caller.administrator());
        if (!told.isEmpty()) data.put("details", told);
        return new LogLine(caller.tenant(), type, user, caller.client().id().value(), data);
    }
}
