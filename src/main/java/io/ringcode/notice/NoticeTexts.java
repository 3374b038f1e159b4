package io.ringcode.notice;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/** The words of notices and of mails, one file per language. English stands in for a language that has none. */
final class NoticeTexts {
    private static final Map<String, Properties> FILES = new ConcurrentHashMap<>();

    private NoticeTexts() {}

    /** @param values names and values by turns; what people chose themselves goes last, so that braces in it stay what they are */
    static String of(Locale language, String key, String... values) {
        var text = file(language.getLanguage()).getProperty(key);
        if (text == null) throw new IllegalArgumentException("No text " + key + " in " + language);
        for (int i = 0; i < values.length; i += 2) text = text.replace("{" + values[i] + "}", values[i + 1]);
        return text;
    }

    static Properties file(String language) {
        return FILES.computeIfAbsent(language, NoticeTexts::read);
    }

    private static Properties read(String language) {
        try (var file = NoticeTexts.class.getResourceAsStream("notices_" + language + ".properties")) {
            if (file == null) {
                if (language.equals("en")) throw new IllegalStateException("The texts of notices are missing");
                return file("en");
            }
            var texts = new Properties();
            texts.load(new InputStreamReader(file, UTF_8));
            return texts;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
