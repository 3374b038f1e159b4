package io.ringcode.template;

import io.ringcode.phone.Channel;
import java.util.Locale;

/**
 * Which messages a text is for.
 *
 * @param language a tag (BCP 47), as the tenant's languages are written
 */
public record TextKey(Purpose purpose, Channel channel, String language) {
    Locale locale() {
        return Locale.forLanguageTag(language);
    }
}
