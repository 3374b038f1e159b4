package io.ringcode.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The style sheet of words, docs/words.md, holds for the sign-in pages and the console. */
class WordsTest {
    private static final Pattern TEXT_OF_TEMPLATE =
            Pattern.compile(">([^<>@${}]+)<|title = \"([^\"]+)\"|aria-label=\"([^\"$]+)\"");

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

    /** What the console said in a voice of its own, where the field has a word. */
    private static final List<String> IN_THE_CONSOLE = List.of(
            "who is asked",
            "way off the phone",
            "how it fares",
            "for ever",
            "judge",
            "judged",
            "begins anew",
            "proves itself",
            "on its own behalf",
            "look at it",
            "look again",
            "go on",
            "one more",
            "typed",
            "asked for",
            "tried by",
            "good until",
            "limits that held",
            "enrolment",
            "colour",
            "suffices");

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
                while (texts.find()) {
                    var text = Stream.of(texts.group(1), texts.group(2), texts.group(3))
                            .filter(Objects::nonNull)
                            .collect(Collectors.joining());
                    Stream.concat(EVERYWHERE.stream(), IN_THE_CONSOLE.stream())
                            .filter(word -> has(text, word))
                            .forEach(word -> wrong.add(file.getFileName() + ", " + word + ": " + text.strip()));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void the_other_languages_use_the_words_of_the_style_sheet() throws IOException {
        var rows = Pattern.compile("(?m)^\\| ([a-z]{2}) \\| .+? \\| (.+?) \\| (.+?) \\| (.+?) \\| (.+?) \\|$")
                .matcher(Files.readString(Path.of("docs/words.md")));
        var languages = 0;
        while (rows.find()) {
            languages++;
            var texts = Path.of("src/main/resources/io/ringcode/login/texts_" + rows.group(1) + ".properties");
            assertThat(Files.readAllLines(texts))
                    .contains(
                            "login.buttonText = " + rows.group(2),
                            "common.OTP = " + rows.group(3),
                            "common.RecoveryCode = " + rows.group(4),
                            "common.WebauthnRoaming = " + rows.group(5));
        }
        assertThat(languages).isEqualTo(14);
    }

    /** People are addressed the same way everywhere, and in one variety of their language. */
    @Test
    void each_language_keeps_its_register() throws IOException {
        var refused = Map.of(
                "de", "du|dich|dir|dein\\w*",
                "fr", "tu|ton|ta|tes|toi",
                "es", "tú|tu|tus|ti|te|celular|ingresa",
                "it", "Lei|Suo|Sua|Suoi|Sue|Le|inserisca|prema|scelga",
                "nl", "je|jij|jou|jouw|inlog\\w*",
                "pt", "palavra-passe|telemóvel|utilizador\\w*|introduza|ecrã",
                "sv", "ni|er|ert",
                "tr", "parola\\w*|[Gg]iriş\\w*|sen|senin",
                "uk", "ти|твій|твоя|твоє",
                "pl", "Pan|Pani|Pana");
        var wrong = new ArrayList<String>();
        for (var texts : List.of("login/texts", "notice/notices", "template/messages"))
            for (var language : refused.keySet()) {
                var words = Pattern.compile(
                        "(?<![\\p{L}’'])(" + refused.get(language) + ")(?![\\p{L}’'])",
                        Pattern.UNICODE_CHARACTER_CLASS);
                for (var line : Files.readAllLines(
                        Path.of("src/main/resources/io/ringcode/" + texts + "_" + language + ".properties")))
                    if (!line.startsWith("#")
                            && words.matcher(line.replaceFirst("^[^=]*=", "")).find())
                        wrong.add(language + ": " + line);
            }
        assertThat(wrong).isEmpty();
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
