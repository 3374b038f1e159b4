package io.ringcode.template;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringcode.phone.Channel;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/** Our own wording, one file per language. English stands in for a language that has none. */
final class DefaultTexts {
    static final List<String> LANGUAGES =
            List.of("ar", "da", "de", "en", "es", "fr", "he", "it", "ja", "nl", "pl", "pt", "sv", "tr", "uk");

    private record Key(String language, Purpose purpose, Channel channel) {}

    private final Map<Key, String> texts = new HashMap<>();

    DefaultTexts() {
        for (var language : LANGUAGES) {
            var file = read(language);
            for (var purpose : Purpose.values())
                for (var channel : Channel.values())
                    texts.put(new Key(language, purpose, channel), file.getProperty(name(purpose, channel)));
        }
    }

    String render(Purpose purpose, Channel channel, Locale locale, String code, String tenant) {
        // The tenant's name goes last: braces in it stay what they are.
        return find(purpose, channel, locale)
                .replace("{code}", code)
                .replace("{pause}", Templates.PAUSE)
                .replace("{tenant}", tenant);
    }

    /** The same as a template that says it. */
    String liquid(TextKey key) {
        return find(key.purpose(), key.channel(), key.locale())
                .replace("{code}", "{{ code }}")
                .replace("{pause}", "{{ pause }}")
                .replace("{tenant}", "{{ tenant.friendly_name }}");
    }

    private String find(Purpose purpose, Channel channel, Locale locale) {
        var language = LANGUAGES.contains(locale.getLanguage()) ? locale.getLanguage() : "en";
        return texts.getOrDefault(new Key(language, purpose, channel), "{code}");
    }

    static String name(Purpose purpose, Channel channel) {
        return purpose.wire() + "." + channel.wire();
    }

    static Properties read(String language) {
        var texts = new Properties();
        var file = "messages_" + language + ".properties";
        try (var bytes = DefaultTexts.class.getResourceAsStream(file)) {
            if (bytes == null) throw new IllegalStateException("Missing from this build: " + file);
            texts.load(new InputStreamReader(bytes, UTF_8));
            return texts;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
