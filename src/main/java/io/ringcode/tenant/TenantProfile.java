package io.ringcode.tenant;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** How a tenant presents itself to its users: the part of its general settings that messages and pages need. */
@JsonNaming(SnakeCaseStrategy.class)
@JsonIgnoreProperties(ignoreUnknown = true)
public record TenantProfile(
        @Nullable String friendlyName,
        @Nullable List<String> enabledLocales,
        @Nullable String supportUrl,
        @Nullable String supportEmail) {
    public static final String SETTING = "tenants/settings";

    /** Every language that there are texts for. A tenant that has not chosen speaks them all, English where none fits. */
    public static final List<String> ALL_LOCALES =
            List.of("en", "ar", "da", "de", "es", "fr", "he", "it", "ja", "nl", "pl", "pt", "sv", "tr", "uk");

    private static final TenantProfile UNSET = new TenantProfile(null, null, null, null);

    public TenantProfile(@Nullable String friendlyName, @Nullable List<String> enabledLocales) {
        this(friendlyName, enabledLocales, null, null);
    }

    public static TenantProfile of(TenantSettings settings) {
        return settings.get(SETTING, TenantProfile.class, UNSET);
    }

    /** @return the name that people know, or the tenant's id where none was set */
    public String nameOf(TenantId tenant) {
        return friendlyName == null || friendlyName.isBlank() ? tenant.value() : friendlyName;
    }

    /** @return language tags, the default first; never empty */
    public List<String> locales() {
        return enabledLocales == null || enabledLocales.isEmpty() ? ALL_LOCALES : enabledLocales;
    }
}
