package io.ringcode.fraud;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.TenantSettings;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Which countries' numbers a tenant lets enrol and sends to: the part of its general settings that says so. */
@JsonNaming(SnakeCaseStrategy.class)
@JsonIgnoreProperties(ignoreUnknown = true)
public record PermittedCountries(@Nullable CountryCodes countryCodes) {
    private static final PermittedCountries ALL = new PermittedCountries(null);

    /**
     * @param list ISO 3166-1 alpha-2
     * @param mode {@code allow}: these only; {@code deny}: all but these
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record CountryCodes(Set<String> list, String mode) {}

    public static PermittedCountries of(TenantSettings settings) {
        return settings.get(TenantProfile.SETTING, PermittedCountries.class, ALL);
    }

    /** A number that belongs to no country, such as a satellite telephone's, is on no list. */
    public boolean permit(PhoneNumber number) {
        return countryCodes == null || permit(number, countryCodes.list(), countryCodes.mode());
    }

    static boolean permit(PhoneNumber number, Set<String> list, String mode) {
        var country = number.likelyRegion();
        var listed = country != null && list.contains(country);
        return listed == mode.equals("allow");
    }
}
