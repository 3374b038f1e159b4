package io.ringcode.template;

import io.ringcode.tenant.TenantSettings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether the last line of an SMS is {@code @domain #code} (WICG, "Origin-bound one-time codes delivered via SMS"): a
 * browser then offers the code on pages of that domain, and on no others.
 *
 * @param domain of the page where the code is typed; null for the tenant's own
 */
public record Autofill(boolean enabled, @Nullable String domain) {
    public static final String SETTING = "guardian/factors/phone/autofill";
    public static final Autofill OFF = new Autofill(false, null);

    static Autofill of(TenantSettings settings) {
        return settings.get(SETTING, Autofill.class, OFF);
    }

    String after(String text, String code, Optional<String> tenantDomain) {
        var site = domain == null ? tenantDomain.orElse(null) : domain;
        return enabled && site != null ? text + "\n@" + site + " #" + code : text;
    }
}
