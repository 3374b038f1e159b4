package io.ringcode.authorization;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.ringcode.client.Connections;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.TenantSettings;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** What a password grant means where it does not say: the part of a tenant's general settings that tells. */
@JsonNaming(SnakeCaseStrategy.class)
@JsonIgnoreProperties(ignoreUnknown = true)
record SignInDefaults(
        @Nullable String defaultDirectory, @Nullable String defaultAudience) {
    private static final SignInDefaults UNSET = new SignInDefaults(null, null);

    static SignInDefaults of(TenantSettings settings) {
        return settings.get(TenantProfile.SETTING, SignInDefaults.class, UNSET);
    }

    /** The connection whose users sign in without naming a realm. */
    String directory() {
        return defaultDirectory == null || defaultDirectory.isBlank() ? Connections.DEFAULT : defaultDirectory;
    }

    /** The API that a token is for where none is asked; null: none. */
    @Nullable
    String audience() {
        return defaultAudience == null || defaultAudience.isBlank() ? null : defaultAudience;
    }
}
