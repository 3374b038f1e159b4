package io.ringcode.template;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** A tenant's two Liquid templates. Each serves text and voice and may branch on {@code message_type}. */
@JsonNaming(SnakeCaseStrategy.class)
public record MessageTemplates(String enrollmentMessage, String verificationMessage) {
    public static final String SETTING = "guardian/factors/phone/templates";

    /** What an administrator starts from. A template left like this is sent in the user's language. */
    public static final MessageTemplates DEFAULT = new MessageTemplates(
            "{{code}} is your {{tenant.friendly_name}} code. Enter it to confirm this phone.",
            "{{code}} is your {{tenant.friendly_name}} verification code.");

    public String of(Purpose purpose) {
        return switch (purpose) {
            case ENROLLMENT -> enrollmentMessage;
            case VERIFICATION -> verificationMessage;
        };
    }

    /** The text of that purpose; null where it is the default. */
    public @Nullable String changed(Purpose purpose) {
        var text = of(purpose);
        return text.equals(DEFAULT.of(purpose)) ? null : text;
    }
}
