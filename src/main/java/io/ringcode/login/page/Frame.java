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
 * @param account who is signing in; null while nobody is known
 * @param support where people get help: an address of the web, or {@code mailto:}; null where the tenant names none
 */
public record Frame(
        @Nullable TenantId tenant,
        Locale language,
        @Nullable String state,
        Branding branding,
        String companyName,
        @Nullable String clientName,
        @Nullable Account account,
        @Nullable String support) {

    /**
     * @param name an e-mail address or a user name, of any length
     * @param changeable whether somebody else may sign in instead: {@code start-over}
     */
    public record Account(String name, boolean changeable) {}
}
