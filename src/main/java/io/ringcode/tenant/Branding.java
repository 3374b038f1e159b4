package io.ringcode.tenant;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * How a tenant's pages look, as its administrator set it. What was not set is null.
 *
 * @param logoUrl http or https
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Branding(
        @Nullable Colors colors,
        @Nullable String logoUrl,
        @Nullable String faviconUrl) {
    public static final String SETTING = "branding";
    public static final Branding UNSET = new Branding(null, null, null);

    /**
     * @param primary such as {@code #0059d6}
     * @param pageBackground a colour, or a gradient's {@code type}, {@code start}, {@code end} and {@code angle_deg}
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Colors(@Nullable String primary, @Nullable JsonNode pageBackground) {}

    public static Branding of(TenantSettings settings) {
        return settings.get(SETTING, Branding.class, UNSET);
    }
}
