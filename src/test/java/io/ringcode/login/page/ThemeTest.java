package io.ringcode.login.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.tenant.Branding;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ThemeTest {
    private static final Pattern PAIR = Pattern.compile("--accent:#([0-9a-f]{6});--on-accent:#([0-9a-f]{6})");

    @ParameterizedTest
    @ValueSource(strings = {"#ffffff", "#000000", "#ffee00", "#0059d6", "#7f7f7f", "#0f0", "#faf9f6", "#15181a"})
    void whatever_the_colour_it_can_be_read(String primary) {
        var pairs = PAIR.matcher(theme(primary, null));
        int[][] pages = {{0xffffff, 0xfaf9f6, 0xf4f1e8}, {0x15181a, 0x1d2124}};
        for (int[] lie : pages) {
            assertThat(pairs.find()).isTrue();
            var accent = Integer.parseInt(pairs.group(1), 16);
            for (int page : lie) assertThat(Theme.contrast(accent, page)).isGreaterThanOrEqualTo(4.5);
            assertThat(Theme.contrast(accent, Integer.parseInt(pairs.group(2), 16)))
                    .isGreaterThanOrEqualTo(4.5);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"red", "#12", "}body{display:none}", "url(https://evil.example)"})
    void what_is_no_colour_does_not_reach_the_stylesheet(String text) {
        assertThat(theme(text, "\"" + text + "\"")).isEqualTo(theme(null, null));
    }

    @Test
    void a_gradient_is_taken_as_it_is_set() {
        assertThat(theme(
                        null,
                        "{\"type\":\"linear-gradient\",\"start\":\"#ffffff\",\"end\":\"#000000\",\"angle_deg\":35}"))
                .contains("linear-gradient(35deg,#ffffff,#000000)");
    }

    private static String theme(@Nullable String primary, @Nullable String background) {
        var page = background == null ? null : JsonMapper.shared().readTree(background);
        return Theme.of(new Branding(new Branding.Colors(primary, page), null, null))
                .css();
    }
}
