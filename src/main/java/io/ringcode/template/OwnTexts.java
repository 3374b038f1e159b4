package io.ringcode.template;

import io.ringcode.phone.Channel;
import io.ringcode.tenant.TenantSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A tenant's own texts, each in Liquid for one purpose, channel and language. One changes no other. */
record OwnTexts(List<OwnText> texts) {
    static final OwnTexts NONE = new OwnTexts(List.of());

    record OwnText(TextKey key, String text) {}

    static OwnTexts of(TenantSettings settings) {
        return settings.get(LanguageTexts.SETTING, OwnTexts.class, NONE);
    }

    Optional<String> find(TextKey key) {
        return texts.stream()
                .filter(own -> own.key().equals(key))
                .map(OwnText::text)
                .findFirst();
    }

    /** The text in that language, else in the same without its region. */
    Optional<String> find(Purpose purpose, Channel channel, Locale language) {
        return inLanguage(purpose, channel, language)
                .or(() -> inLanguage(purpose, channel, Locale.of(language.getLanguage())));
    }

    private Optional<String> inLanguage(Purpose purpose, Channel channel, Locale language) {
        return texts.stream()
                .filter(own -> own.key().purpose() == purpose && own.key().channel() == channel)
                .filter(own -> own.key().locale().equals(language))
                .map(OwnText::text)
                .findFirst();
    }

    OwnTexts with(TextKey key, String text) {
        var others = new ArrayList<>(without(key).texts());
        others.add(new OwnText(key, text));
        return new OwnTexts(others);
    }

    OwnTexts without(TextKey key) {
        return new OwnTexts(texts.stream().filter(own -> !own.key().equals(key)).toList());
    }

    /** Languages that have a text of their own, sorted. */
    List<String> languages(Purpose purpose) {
        return texts.stream()
                .map(OwnText::key)
                .filter(key -> key.purpose() == purpose)
                .map(TextKey::language)
                .distinct()
                .sorted()
                .toList();
    }
}
