package io.ringcode.login;

import io.ringcode.login.page.Addresses;
import io.ringcode.login.page.Theme;
import io.ringcode.tenant.Branding;
import org.jspecify.annotations.Nullable;

/** A tenant's branding as the sign-in pages show it, for a preview on another page. */
public final class SignInBranding {
    private final Theme theme;
    private final @Nullable String logo;

    private SignInBranding(Theme theme, @Nullable String logo) {
        this.theme = theme;
        this.logo = logo;
    }

    public static SignInBranding of(Branding branding) {
        var logo = Addresses.origin(branding.logoUrl()) == null ? null : branding.logoUrl();
        return new SignInBranding(Theme.of(branding), logo);
    }

    /** Rules that give elements the colours of the pages: a selector for each scheme. */
    public String css(String light, String dark) {
        return theme.css(light, dark);
    }

    /** What the tenant's colour becomes on a light page, so that it can be read; such as {@code #1f4f46}. */
    public String onLight() {
        return theme.light().accent();
    }

    public String onDark() {
        return theme.dark().accent();
    }

    /** The address of a picture; null for none. */
    public @Nullable String logo() {
        return logo;
    }

    /** Where that picture comes from: scheme, host and port. */
    public @Nullable String logoOrigin() {
        return Addresses.origin(logo);
    }
}
