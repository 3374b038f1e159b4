package io.ringcode.login.page;

import io.ringcode.tenant.Branding;
import io.ringcode.tenant.TenantId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What every page has around its screen.
 *
 * @param tenant null where its own words cannot be read
 * @param state of the sign-in, sent along by each form; null on pages that belong to none
 * @param companyName the tenant's name as people know it
 * @param clientName the application's name; null where there is none
 */
public record Frame(
        @Nullable TenantId tenant,
        Locale language,
        @Nullable String state,
        Branding branding,
        String companyName,
        @Nullable String clientName) {}
