package io.ringcode.template;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What messages of one key say.
 *
 * @param text in Liquid
 * @param own the tenant's own for this key, also where another is in force; null for none
 * @param usual the default in that language
 */
public record TextInForce(
        TextKey key, Origin origin, String text, @Nullable String own, String usual) {
    /** Where a text comes from. */
    public enum Origin {
        /** The default of the language. */
        DEFAULT,
        /** The tenant's own for this purpose, channel and language. */
        OWN,
        /** The tenant's one text for all channels and languages. */
        ALL_LANGUAGES,
        /** A template of the unified phone experience, which is on. */
        UNIFIED_TEMPLATE;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
