package io.ringcode.challenge;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** In which language a message is said, and the header that a template may look at. */
public record Wording(Locale language, @Nullable String acceptLanguage) {}
