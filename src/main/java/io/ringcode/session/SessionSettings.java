package io.ringcode.session;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.TenantSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * How long a browser stays signed in: the part of the tenant's general settings that says so.
 *
 * @param sessionLifetime hours, whatever happens; 168 where it was not set
 * @param idleSessionLifetime hours without use; 72 where it was not set
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonIgnoreProperties(ignoreUnknown = true)
public record SessionSettings(
        @Nullable Double sessionLifetime, @Nullable Double idleSessionLifetime) {
    private static final SessionSettings UNSET = new SessionSettings(null, null);

    public static SessionSettings of(TenantSettings settings) {
        return settings.get(TenantProfile.SETTING, SessionSettings.class, UNSET);
    }

    public Duration life() {
        return hours(sessionLifetime, 168);
    }

    public Duration idle() {
        return hours(idleSessionLifetime, 72);
    }

    private static Duration hours(@Nullable Double set, double usual) {
        return Duration.ofSeconds(Math.round((set == null ? usual : set) * 3600));
    }
}
