package io.ringcode.login;

import io.ringcode.login.page.ScreenTexts;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The texts of the sign-in pages, for whoever words them anew on another page. */
public final class SignInTexts {
    private SignInTexts() {}

    /** The names of screens that have texts of their own. */
    public static List<String> screens() {
        return ScreenTexts.screens();
    }

    /** The prompt of the Management API that the screen's texts are kept under. */
    public static String prompt(String screen) {
        return ScreenTexts.prompt(screen);
    }

    /** @return text by key */
    public static Map<String, String> defaults(String screen, String language) {
        return ScreenTexts.defaults(screen, Locale.forLanguageTag(language));
    }
}
