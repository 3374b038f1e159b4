package io.ringcode.console.view;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the pages of messages' texts show. JSON is as the Management API answers it; missing where it may not be read. */
public interface TextView {
    /** The kinds of messages, in the order of the columns: a purpose, a channel, and what people call them. */
    List<Kind> KINDS = List.of(
            new Kind("verification", "sms", "Sign-in, SMS"),
            new Kind("verification", "voice", "Sign-in, call"),
            new Kind("enrollment", "sms", "Enrollment, SMS"),
            new Kind("enrollment", "voice", "Enrollment, call"));

    record Kind(String purpose, String channel, String name) {
        public String address(String language) {
            return "/console/templates/" + purpose + "/" + channel + "/" + Links.part(language);
        }

        public boolean isOf(JsonNode text) {
            return purpose.equals(text.path("purpose").asString(""))
                    && channel.equals(text.path("channel").asString(""));
        }

        public boolean isSpoken() {
            return channel.equals("voice");
        }
    }

    static String language(String tag) {
        return Locale.forLanguageTag(tag).getDisplayName(Locale.ENGLISH);
    }

    /**
     * @param languages of the tenant, the default one first
     * @param texts what is in force for each kind and language
     */
    record TextList(PageFrame shell, List<String> languages, JsonNode texts) implements View {
        public JsonNode text(String language, Kind kind) {
            for (var text : texts)
                if (kind.isOf(text) && text.path("language").asString("").equals(language)) return text;
            return texts.path("none");
        }

        private boolean isAny(String origin) {
            return texts.valueStream().anyMatch(text -> isFrom(text, origin));
        }

        public boolean hasOneForAll() {
            return isAny("all_languages");
        }

        public boolean hasUnified() {
            return isAny("unified_template");
        }
    }

    static boolean isFrom(JsonNode text, String origin) {
        return text.path("origin").asString("").equals(origin);
    }

    /**
     * A change of a text.
     *
     * @param at ISO 8601
     * @param who made it, as people call them
     * @param before what it said; empty for the default
     */
    record Change(String id, String at, String who, String before) {}

    /**
     * @param text as it is in force
     * @param typed what stands in the field
     * @param preview what it makes; null where it makes nothing
     * @param history the newest change first
     * @param carriers titles by name
     */
    record TextEditor(
            PageFrame shell,
            Kind kind,
            String language,
            JsonNode text,
            String typed,
            int longest,
            @Nullable JsonNode preview,
            List<Change> history,
            Map<String, String> carriers)
            implements View {
        public String title() {
            return kind.name() + ", " + TextView.language(language);
        }

        public String address() {
            return kind.address(language);
        }

        public boolean isUnified() {
            return isFrom(text, "unified_template");
        }

        public boolean isForAll() {
            return isFrom(text, "all_languages");
        }

        /** Of a language with its region: the text of the same without it. */
        public boolean isFromLanguage() {
            return isFrom(text, "own");
        }

        public boolean hasOwn() {
            return !text.path("own_text").asString("").isEmpty();
        }
    }

    /**
     * The preview alone, as htmx asks for it.
     *
     * @param problem why there is none; null where there is one
     */
    record TextPreview(
            JsonNode preview,
            Kind kind,
            String language,
            Map<String, String> carriers,
            @Nullable String problem) implements View {}

    /**
     * The one text for all languages.
     *
     * @param enrollment Liquid, as is {@code verification}
     * @param changed whether either is not the default
     * @param preview what both would say; missing where they cannot be read
     * @param prices what each further segment costs, a sentence for each carrier
     * @param history by purpose, the newest change first
     */
    record TextForAll(
            PageFrame shell,
            String enrollment,
            String verification,
            boolean changed,
            String language,
            List<String> languages,
            JsonNode preview,
            List<String> prices,
            Map<String, List<Change>> history)
            implements View {}

    /** @param problem why there is no preview; null where there is one */
    record Preview(
            JsonNode preview, List<String> prices, @Nullable String problem) implements View {}
}
