package io.ringcode.template;

import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Which of a tenant's languages a user is spoken to in. */
@Component
public final class Languages {
    /** A header comes from anyone, and reading it costs more than its length; what is wanted most stands in front. */
    private static final int LONGEST_HEADER = 256;

    private final Tenants tenants;

    public Languages(Tenants tenants) {
        this.tenants = tenants;
    }

    /**
     * The first enabled language that the request asks for, else the tenant's default.
     *
     * @param requestLanguage {@code x-request-language}, in the form of {@code Accept-Language}; goes first
     */
    public Locale choose(TenantId tenant, @Nullable String requestLanguage, @Nullable String acceptLanguage) {
        var enabled = TenantProfile.of(tenants.settings(tenant)).locales().stream()
                .map(Locale::forLanguageTag)
                .toList();
        return choose(enabled, requestLanguage, acceptLanguage);
    }

    /** Of all languages there are, where nobody knows which of them a tenant has enabled. */
    public static Locale chooseOfAll(@Nullable String uiLocales, @Nullable String acceptLanguage) {
        var all = TenantProfile.ALL_LOCALES.stream().map(Locale::forLanguageTag).toList();
        return choose(all, uiLocales == null ? null : uiLocales.strip().replaceAll("\\s+", ","), acceptLanguage);
    }

    static Locale choose(List<Locale> enabled, @Nullable String requestLanguage, @Nullable String acceptLanguage) {
        var asked = match(enabled, requestLanguage);
        var accepted = asked == null ? match(enabled, acceptLanguage) : asked;
        return accepted == null ? enabled.getFirst() : accepted;
    }

    private static @Nullable Locale match(List<Locale> enabled, @Nullable String header) {
        if (header == null || header.isBlank()) return null;
        for (var range : ranges(header)) {
            if (range.getWeight() == 0 || range.getRange().equals("*")) continue;
            var exact = Locale.lookup(List.of(range), enabled);
            if (exact != null) return exact;
            // Asked for es, and only es-MX is on: better that than another language.
            var language = Locale.forLanguageTag(range.getRange()).getLanguage();
            for (var locale : enabled) if (locale.getLanguage().equals(language)) return locale;
        }
        return null;
    }

    /** What an {@code Accept-Language} asks for, by weight; of a very long one the beginning. Empty where it is none. */
    public static List<LanguageRange> ranges(String header) {
        var end = header.length() <= LONGEST_HEADER ? header.length() : header.lastIndexOf(',', LONGEST_HEADER);
        if (end < 0) return List.of();
        try {
            return LanguageRange.parse(header.substring(0, end));
        } catch (IllegalArgumentException unreadable) {
            return List.of();
        }
    }
}
