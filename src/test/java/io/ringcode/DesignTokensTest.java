package io.ringcode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Stylesheets have no colour, size of type, distance or corner of their own: those stand in {@code tokens.css}. */
class DesignTokensTest {
    private static final Path SOURCES = Path.of("src/main/resources");
    private static final Path TEMPLATES = Path.of("src/main/jte");
    private static final Path TOKENS = SOURCES.resolve("io/ringcode/login/assets/tokens.css");

    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/");
    private static final Pattern DECLARATION =
            Pattern.compile("(?<![\\w-])(-{0,2}[a-z][a-z0-9-]*)\\s*:\\s*([^;{}]+?)\\s*(?=[;}])");
    private static final Pattern DEFINED = Pattern.compile("(--[\\w-]+)\\s*:");
    private static final Pattern USED = Pattern.compile("var\\((--[\\w-]+)");
    /** Those that come with a tenant's theme; without one there are none. */
    private static final List<String> OF_THEMES = List.of("--backdrop");

    private static final Pattern COLOUR = Pattern.compile(
            "#[0-9a-fA-F]{3,8}\\b|\\b(rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\\(|light-dark\\(|\\b(white|black|red|green|blue"
                    + "|gr[ae]y|silver|orange|yellow|gold|navy|teal|purple|pink|brown|maroon|olive)\\b");
    private static final Pattern LENGTH = Pattern.compile("(?<![\\w-])[0-9]*\\.?[0-9]+(rem|em|px|pt|%|vw|vh|ch)\\b");
    private static final Pattern TYPE = Pattern.compile("font|font-size");
    private static final Pattern DISTANCE =
            Pattern.compile("(margin|padding|scroll-margin|scroll-padding)(-[a-z-]+)?|gap|row-gap|column-gap");
    private static final Pattern CORNER = Pattern.compile("border(-[a-z-]+)?-radius|box-shadow");
    private static final Pattern ROUND = Pattern.compile("50%");
    /** A browser drops a declaration with such a value, in silence. */
    private static final Pattern GLUED = Pattern.compile("(?<![\\s(,/])(?<!^)var\\(");

    static List<Path> files(Path folder, String extension) throws IOException {
        try (var all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(extension)).toList();
        }
    }

    @TestFactory
    Stream<DynamicTest> stylesheets() throws IOException {
        var sheets = files(SOURCES, ".css").stream()
                .filter(file -> !file.equals(TOKENS))
                .toList();
        assertThat(sheets).hasSizeGreaterThan(3);
        return sheets.stream()
                .map(sheet -> DynamicTest.dynamicTest(
                        SOURCES.relativize(sheet).toString(),
                        () -> assertThat(literals(read(sheet))).isEmpty()));
    }

    @Test
    void a_literal_is_found() {
        assertThat(literals("a { color: #fff } b { margin: 0 auto 1px; border-radius: 50% } c { font: 600 12px/1 x }"))
                .containsExactly("color: #fff", "margin: 0 auto 1px", "font: 600 12px/1 x");
        assertThat(literals("a { border-radius: 2var(--r2) }")).containsExactly("border-radius: 2var(--r2)");
        assertThat(literals("a { padding: calc(var(--s1) * -1) 0; font: 500 var(--t-s)/1.2 var(--sans) }"))
                .isEmpty();
    }

    @Test
    void what_is_named_is_there() throws IOException {
        var defined = DEFINED.matcher(read(TOKENS))
                .results()
                .map(one -> one.group(1))
                .distinct()
                .toList();
        for (var sheet : files(SOURCES, ".css"))
            assertThat(USED.matcher(read(sheet)).results().map(one -> one.group(1)))
                    .as(sheet.toString())
                    .allMatch(name -> defined.contains(name) || OF_THEMES.contains(name));
    }

    @Test
    void no_token_is_left_over() throws IOException {
        var all = new StringBuilder();
        for (var sheet : files(SOURCES, ".css")) all.append(read(sheet));
        var used =
                USED.matcher(all).results().map(one -> one.group(1)).distinct().toList();
        assertThat(DEFINED.matcher(read(TOKENS)).results().map(one -> one.group(1)))
                .allMatch(used::contains);
    }

    /** What a preview of either scheme stands on is what that scheme has. */
    @Test
    void a_preview_has_the_colours_of_its_scheme() throws IOException {
        var text = read(TOKENS);
        var dark = text.indexOf("@media (prefers-color-scheme: dark)");
        var previews = text.indexOf(".look-light");
        assertPreview(text.substring(0, dark), rule(text, ".look-light"));
        assertPreview(text.substring(dark, previews), rule(text, ".look-dark"));
    }

    private static void assertPreview(String scheme, String rule) {
        var colours = declarations(rule);
        assertThat(colours).hasSize(4);
        assertThat(declarations(scheme)).containsAll(colours);
    }

    private static String rule(String text, String selector) {
        var start = text.indexOf(selector);
        return text.substring(start, text.indexOf('}', start) + 1);
    }

    @Test
    void templates_have_no_style_of_their_own() throws IOException {
        for (var template : files(TEMPLATES, ".jte"))
            assertThat(read(template).replace("<style>$unsafe{page.style()}</style>", ""))
                    .as(template.toString())
                    .doesNotContain("<style", " style=");
    }

    private static List<String> literals(String css) {
        var literals = new ArrayList<String>();
        for (var declaration : DECLARATION.matcher(css).results().toList()) {
            var name = declaration.group(1);
            var value = declaration.group(2);
            var measured = TYPE.matcher(name).matches()
                    || DISTANCE.matcher(name).matches()
                    || CORNER.matcher(name).matches();
            if (GLUED.matcher(value).find()
                    || COLOUR.matcher(value).find()
                    || (measured
                            && LENGTH.matcher(ROUND.matcher(value).replaceAll(""))
                                    .find())) literals.add(name + ": " + value);
        }
        return literals;
    }

    private static List<String> declarations(String css) {
        return DECLARATION
                .matcher(css)
                .results()
                .map(one -> one.group(1) + ":" + one.group(2))
                .toList();
    }

    private static String read(Path file) throws IOException {
        return COMMENT.matcher(Files.readString(file)).replaceAll("");
    }
}
