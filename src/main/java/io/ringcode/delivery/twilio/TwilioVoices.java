package io.ringcode.delivery.twilio;

import io.ringcode.delivery.voice.Voices;

/** The languages that {@code <Say>} knows. */
final class TwilioVoices {
    static final Voices ALL = Voices.tags(
            "en-US", "en-GB", "en-AU", "en-IN", "de-DE", "fr-FR", "fr-CA", "es-ES", "es-MX", "it-IT", "nl-NL", "pt-BR",
            "pt-PT", "pl-PL", "sv-SE", "da-DK", "nb-NO", "fi-FI", "ru-RU", "tr-TR", "ro-RO", "cs-CZ", "sk-SK", "hu-HU",
            "el-GR", "uk-UA", "bg-BG", "he-IL", "hi-IN", "th-TH", "vi-VN", "id-ID", "ca-ES", "ja-JP", "ko-KR", "zh-CN",
            "zh-TW", "zh-HK", "ar-AE", "ar-XA");

    private TwilioVoices() {}
}
