package io.ringcode.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.login.page.ScreenTexts;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the console words anew is kept under the prompt that each screen reads its texts from. */
class ScreenPromptsTest {
    @Test
    void each_screen_reads_what_is_kept_for_it() {
        var seen = new TreeSet<String>();
        for (var screen : EveryScreen.with(List.of()).values()) {
            if (!ScreenTexts.screens().contains(screen.name())) continue;
            seen.add(screen.name());
            assertThat(ScreenTexts.prompt(screen.name())).as(screen.name()).isEqualTo(screen.prompt());
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(ScreenTexts.screens());
    }
}
