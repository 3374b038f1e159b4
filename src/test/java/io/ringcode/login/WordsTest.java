package io.ringcode.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The style sheet of words, docs/words.md, holds for the sign-in pages and the console. */
class WordsTest {
    private static final Pattern TEXT_OF_TEMPLATE = Pattern.compile(">([^<>@${}]+)<");

    /** The words of the last column that are wrong wherever they stand. */
    private static final List<String> EVERYWHERE = List.of(
            "kind of application",
            "callback addresses",
            "return addresses",
            "client identifier",
            "client password",
            "let in again",
            "half within",
            "log in to",
            "logged out",
            "logged in");

    /** What people who sign in are not told either. */
    private static final List<String> ON_PAGES = List.of(
            "log in", "log out", "confirm that it is you", "way to confirm", "scan this picture", "second step of");

    @Test
    void sign_in_pages_use_the_words_of_the_style_sheet() throws IOException {
        var wrong = new ArrayList<String>();
        for (var line : Files.readAllLines(Path.of("src/main/resources/io/ringcode/login/texts_en.properties"))) {
            var text = line.startsWith("#") ? "" : line.replaceFirst("^[^=]*=", "");
            Stream.concat(EVERYWHERE.stream(), ON_PAGES.stream())
                    .filter(word -> has(text, word))
                    .forEach(word -> wrong.add(word + ": " + line));
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void the_console_uses_the_words_of_the_style_sheet() throws IOException {
        var wrong = new ArrayList<String>();
        try (var files = Files.list(Path.of("src/main/jte/console"))) {
            for (var file : files.toList()) {
                var texts = TEXT_OF_TEMPLATE.matcher(Files.readString(file));
                while (texts.find())
                    for (var word : EVERYWHERE)
                        if (has(texts.group(1), word))
                            wrong.add(file.getFileName() + ": " + texts.group(1).strip());
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void the_other_languages_use_the_words_of_the_style_sheet() throws IOException {
        var rows = Pattern.compile("(?m)^\\| ([a-z]{2}) \\| (.+?) \\| (.+?) \\| (.+?) \\|$")
                .matcher(Files.readString(Path.of("docs/words.md")));
        var languages = 0;
        while (rows.find()) {
            languages++;
            var texts = Path.of("src/main/resources/io/ringcode/login/texts_" + rows.group(1) + ".properties");
            assertThat(Files.readAllLines(texts))
                    .contains(
                            "login.buttonText = " + rows.group(2),
                            "common.OTP = " + rows.group(3),
                            "common.RecoveryCode = " + rows.group(4));
        }
        assertThat(languages).isEqualTo(6);
    }

    @Test
    void the_style_sheet_names_what_is_refused() throws IOException {
        var sheet = Files.readString(Path.of("docs/words.md"));
        assertThat(sheet).contains("kind of application", "let the user in again", "confirm that it is you");
    }

    private static boolean has(String text, String word) {
        return Pattern.compile("\\b" + Pattern.quote(word) + "\\b", Pattern.CASE_INSENSITIVE)
                .matcher(text)
                .find();
    }
}
