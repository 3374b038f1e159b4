package io.ringcode.login.page;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The texts that each screen has of its own, and the prompt that a tenant's own wording of them is kept under. */
public final class ScreenTexts {
    /** In the order of a sign-in: what is typed first, then the factors, then the ends. */
    private static final List<String> SCREENS = List.of(
            "login",
            "signup",
            "mfa-begin-enroll-options",
            "mfa-phone-enrollment",
            "mfa-sms-enrollment",
            "mfa-voice-enrollment",
            "mfa-phone-challenge",
            "mfa-sms-challenge",
            "mfa-voice-challenge",
            "mfa-sms-list",
            "mfa-otp-enrollment-qr",
            "mfa-otp-challenge",
            "mfa-webauthn-roaming-enrollment",
            "mfa-webauthn-roaming-challenge",
            "mfa-webauthn-platform-enrollment",
            "mfa-webauthn-platform-challenge",
            "mfa-webauthn-change-key-nickname",
            "mfa-webauthn-error",
            "mfa-webauthn-not-available-error",
            "mfa-recovery-code-enrollment",
            "mfa-recovery-code-challenge",
            "mfa-recovery-code-challenge-new-code",
            "mfa-login-options",
            "mfa-locked",
            "mfa-enroll-result",
            "reset-password-request",
            "reset-password-email",
            "reset-password",
            "reset-password-result",
            "logged-out",
            "error");

    private static final List<String> PROMPTS = List.of(
            "login",
            "signup",
            "mfa-phone",
            "mfa-sms",
            "mfa-voice",
            "mfa-otp",
            "mfa-webauthn",
            "mfa-recovery-code",
            "reset-password");

    private static final Map<String, String> OTHERS = Map.of("logged-out", "logout", "error", "status");

    private static final Comparator<String> TITLE_FIRST = Comparator.comparingInt(
                    (String key) -> key.equals("title") ? 0 : key.equals("description") ? 1 : 2)
            .thenComparing(Comparator.naturalOrder());

    private ScreenTexts() {}

    public static List<String> screens() {
        return SCREENS;
    }

    /** As {@link Screen#prompt} has it. */
    public static String prompt(String screen) {
        var other = OTHERS.get(screen);
        if (other != null) return other;
        return PROMPTS.stream()
                .filter(prompt -> screen.equals(prompt) || screen.startsWith(prompt + "-"))
                .findFirst()
                .orElse("mfa");
    }

    /** What the pages say where nobody has worded it anew: text by key, the title first. */
    public static Map<String, String> defaults(String screen, Locale language) {
        var texts = new TreeMap<String, String>(TITLE_FIRST);
        var file = PageTexts.file(language);
        for (var from : List.of(PageTexts.sibling(screen), screen))
            for (var name : file.stringPropertyNames())
                if (name.startsWith(from + ".")) texts.put(name.substring(from.length() + 1), file.getProperty(name));
        if (screen.endsWith("-challenge")) texts.putIfAbsent("title", file.getProperty("common.title"));
        return texts;
    }
}
