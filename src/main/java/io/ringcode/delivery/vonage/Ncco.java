package io.ringcode.delivery.vonage;

import io.ringcode.delivery.voice.Speech;
import io.ringcode.delivery.voice.Ssml;
import io.ringcode.delivery.voice.Voices;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A call control object: what a call says, and how it listens. */
final class Ncco {
    /** Of one talk action, its tags included. */
    private static final int LONGEST = 1500;

    private static final Voices VOICES = Voices.of(voices());

    private Ncco() {}

    /** @param again asked for what to say when a key is pressed; null where nobody can be asked */
    static List<Map<String, Object>> of(String text, Locale language, @Nullable String again) {
        var said = again == null ? VOICES.choose(text, language) : VOICES.chooseWithHint(text, language);
        var actions = new ArrayList<Map<String, Object>>();
        actions.add(Map.of(
                "action",
                "talk",
                "text",
                ssml(said.speech()),
                "language",
                said.voice(),
                "style",
                0,
                "bargeIn",
                again != null));
        if (again != null)
            actions.add(Map.of(
                    "action", "input",
                    "type", List.of("dtmf"),
                    "dtmf", Map.of("maxDigits", 1, "timeOut", 5),
                    "eventUrl", List.of(again),
                    "eventMethod", "POST"));
        return actions;
    }

    private static String ssml(Speech speech) {
        return Ssml.document(
                speech.twice(new Ssml(), LONGEST - Ssml.document("").length()));
    }

    private static Map<String, String> voices() {
        var voices = new TreeMap<String, String>();
        for (var tag :
                ("en-US en-GB en-AU en-IN de-DE fr-FR fr-CA es-ES es-MX it-IT nl-NL pt-BR pt-PT pl-PL sv-SE da-DK"
                                + " nb-NO fi-FI ru-RU tr-TR ro-RO cs-CZ sk-SK hu-HU el-GR uk-UA bg-BG he-IL hi-IN th-TH vi-VN"
                                + " id-ID ca-ES ja-JP ko-KR ar")
                        .split(" ", -1)) voices.put(tag, tag);
        voices.put("zh-CN", "cmn-CN");
        voices.put("zh-TW", "cmn-TW");
        voices.put("zh-HK", "yue-CN");
        return voices;
    }
}
