package io.ringcode.console.view;

import java.util.List;
import java.util.Map;

/** What the page of the sign-in pages' texts shows. */
public interface PageTextsView {
    /**
     * @param screens that can be chosen
     * @param languages that can be chosen
     * @param defaults of the screen, by key
     * @param own what is typed, or else what is stored in place of the defaults, by key
     * @param longest that a text may be
     * @param changed whether anything is stored
     */
    record PageTexts(
            PageFrame shell,
            List<String> screens,
            List<String> languages,
            String screen,
            String language,
            Map<String, String> defaults,
            Form own,
            int longest,
            boolean changed)
            implements View {
        /** The screen's name as words: {@code mfa-sms-challenge} is MFA SMS challenge. */
        public static String words(String screen) {
            var words = screen.replace('-', ' ')
                    .replaceFirst("^mfa", "MFA")
                    .replace("sms", "SMS")
                    .replace("otp", "authenticator app")
                    .replace(" qr", "")
                    .replace("webauthn roaming", "security key")
                    .replace("webauthn platform", "device")
                    .replace("webauthn", "passkey");
            return words.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + words.substring(1);
        }

        public static String id(String key) {
            return "text-" + key;
        }
    }
}
