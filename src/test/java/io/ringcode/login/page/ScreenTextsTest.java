package io.ringcode.login.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which screens' texts can be worded anew, and under which prompt. */
class ScreenTextsTest {
    /** Pages that Auth0 has not, and so no prompt of its API. */
    private static final List<String> WITHOUT_A_PROMPT = List.of(
            "account",
            "account-method",
            "account-remove",
            "lost-phone",
            "lost-phone-told",
            "not-me",
            "mfa-phone-proof",
            "form-post",
            "common");

    @Test
    void every_screen_with_texts_is_among_them() {
        var screens = new TreeSet<String>();
        for (var name : PageTexts.file(Locale.ENGLISH).stringPropertyNames())
            screens.add(name.substring(0, name.indexOf('.')));
        screens.removeAll(WITHOUT_A_PROMPT);
        assertThat(ScreenTexts.screens()).containsAll(screens).doesNotHaveDuplicates();
        for (var screen : ScreenTexts.screens())
            assertThat(ScreenTexts.defaults(screen, Locale.GERMAN)).as(screen).isNotEmpty();
        assertThat(ScreenTexts.defaults("login", Locale.ENGLISH).keySet()).startsWith("title", "description");
    }
}
