package io.ringcode.login.page;

import io.ringcode.template.CustomTexts;
import io.ringcode.tenant.Recent;
import io.ringcode.tenant.TenantId;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the pages say, in each language; a tenant's own words go first. */
@Component
class PageTexts {
    private static final String COMMON = "common";
    private static final Map<String, Properties> FILES = new ConcurrentHashMap<>();

    private record Prompt(TenantId tenant, String name, String language) {}

    private final Recent<Prompt, Map<String, Map<String, String>>> custom;

    PageTexts(CustomTexts custom) {
        this.custom = new Recent<>(prompt -> custom.get(prompt.tenant(), prompt.name(), prompt.language()));
    }

    /** A screen's text by its key: the tenant's, else the screen's, else the one that all screens share. */
    String of(@Nullable TenantId tenant, Locale language, String prompt, String screen, String key) {
        var own = tenant == null
                ? null
                : custom.get(new Prompt(tenant, prompt, language.toLanguageTag()))
                        .getOrDefault(screen, Map.of())
                        .get(key);
        if (own != null && !own.isBlank()) return own;
        var file = file(language);
        var found = file.getProperty(screen + "." + key);
        if (found == null) found = file.getProperty(sibling(screen) + "." + key);
        if (found == null) found = file.getProperty(COMMON + "." + key);
        if (found == null) throw new IllegalArgumentException("No text " + screen + "." + key + " in " + language);
        return found;
    }

    /** A page for one channel says what the page for both says, where it has nothing of its own. */
    static String sibling(String screen) {
        return screen.replaceFirst("^mfa-(sms|voice)-enrollment$", "mfa-phone-enrollment");
    }

    static Properties file(Locale language) {
        return FILES.computeIfAbsent(language.getLanguage(), PageTexts::read);
    }

    private static Properties read(String language) {
        var texts = load(language);
        if (texts == null) texts = load("en");
        if (texts == null) throw new IllegalStateException("The texts of the pages are missing");
        return texts;
    }

    private static @Nullable Properties load(String language) {
        try (var file = PageTexts.class.getResourceAsStream("/io/ringcode/login/texts_" + language + ".properties")) {
            if (file == null) return null;
            var texts = new Properties();
            texts.load(new InputStreamReader(file, StandardCharsets.UTF_8));
            return texts;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
