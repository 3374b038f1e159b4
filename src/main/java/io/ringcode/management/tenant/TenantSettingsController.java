package io.ringcode.management.tenant;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.ringcode.client.Caller;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.JsonAnswer;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Patch;
import io.ringcode.json.Rule.MembersOf;
import io.ringcode.json.Rule.Range;
import io.ringcode.json.SentJson;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.Paging;
import io.ringcode.management.json.Selected;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tenant's general settings. Ringcode reads the name, the languages, the flags that its own work depends on; the rest is
 * kept, so that a tenant's file reads back as it was written. Lifetimes may be written in minutes and are shown in hours.
 */
@RestController
@RequestMapping("/api/v2/tenants/settings")
public class TenantSettingsController {
    private static final String IN_MINUTES = "_in_minutes";
    static final int YEAR_IN_MINUTES = 525_600;

    private final Tenants tenants;
    private final Changes changes;
    private final ObjectMapper json;

    TenantSettingsController(Tenants tenants, Changes changes, ObjectMapper json) {
        this.tenants = tenants;
        this.changes = changes;
        this.json = json;
    }

    public record Change(
            @JsonUnwrapped GeneralSettings settings,
            @JsonUnwrapped Minutes minutes) implements JsonBody {
        public Change {
            once("session_lifetime", settings.sessionLifetime(), minutes.sessionLifetimeInMinutes());
            once("idle_session_lifetime", settings.idleSessionLifetime(), minutes.idleSessionLifetimeInMinutes());
            once(
                    "ephemeral_session_lifetime",
                    settings.ephemeralSessionLifetime(),
                    minutes.ephemeralSessionLifetimeInMinutes());
            once(
                    "idle_ephemeral_session_lifetime",
                    settings.idleEphemeralSessionLifetime(),
                    minutes.idleEphemeralSessionLifetimeInMinutes());
        }

        private static void once(String name, Patch<BigDecimal> hours, @Nullable Integer minutes) {
            if (hours.sent() && minutes != null)
                throw InvalidBody.on(name + IN_MINUTES, "Cannot be used together with " + name);
        }
    }

    /** Lifetimes, which are stored in hours. */
    record Minutes(
            @Nullable @Range(min = 1, max = YEAR_IN_MINUTES) Integer sessionLifetimeInMinutes,
            @Nullable @Range(min = 1, max = YEAR_IN_MINUTES) Integer idleSessionLifetimeInMinutes,
            @Nullable @Range(min = 1, max = YEAR_IN_MINUTES) Integer ephemeralSessionLifetimeInMinutes,
            @Nullable @Range(min = 1, max = YEAR_IN_MINUTES) Integer idleEphemeralSessionLifetimeInMinutes)
            implements JsonBody {}

    public record Shown(
            @MembersOf(GeneralSettings.class) @JsonAnyGetter Map<String, Object> settings,
            List<String> sandboxVersionsAvailable)
            implements JsonAnswer {
        private static Shown of(ObjectNode stored) {
            var settings = new LinkedHashMap<String, Object>();
            settings.put("session_lifetime", 168);
            settings.put("idle_session_lifetime", 72);
            settings.put("sandbox_version", "22");
            settings.put("flags", Map.of());
            for (var member : stored.properties())
                if (!member.getValue().isNull()) settings.put(member.getKey(), member.getValue());
            return new Shown(settings, List.of("22", "18", "16", "12"));
        }
    }

    @GetMapping
    @RequiresScope("read:tenant_settings")
    public Selected<Shown> settings(Caller caller, Paging paging) {
        return paging.selected(shown(caller));
    }

    /** Changes what is given, and answers the whole. */
    @PatchMapping
    @RequiresScope("update:tenant_settings")
    public Shown update(Caller caller, Change body) {
        changes.set(
                caller,
                TenantProfile.SETTING,
                () -> tenants.update(
                        caller.tenant(),
                        TenantProfile.SETTING,
                        ObjectNode.class,
                        json.createObjectNode(),
                        stored -> changed(stored, body)));
        return shown(caller);
    }

    private Shown shown(Caller caller) {
        return Shown.of(tenants.settings(caller.tenant())
                .get(TenantProfile.SETTING, ObjectNode.class, json.createObjectNode()));
    }

    private static ObjectNode changed(ObjectNode stored, Change change) {
        var changed = SentJson.changed(stored, change.settings());
        for (var minutes : SentJson.of(change.minutes()).properties()) {
            var name = minutes.getKey().substring(0, minutes.getKey().length() - IN_MINUTES.length());
            changed.put(name, hours(minutes.getValue().intValue()));
        }
        return changed;
    }

    private static BigDecimal hours(int minutes) {
        var hours = BigDecimal.valueOf(minutes).divide(BigDecimal.valueOf(60), 4, RoundingMode.HALF_UP);
        return hours.stripTrailingZeros().scale() <= 0
                ? hours.setScale(0, RoundingMode.UNNECESSARY)
                : hours.stripTrailingZeros();
    }
}
