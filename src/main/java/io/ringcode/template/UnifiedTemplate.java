package io.ringcode.template;

import io.ringcode.phone.Channel;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A template of the unified phone experience: one text to read and one to hear for each occasion.
 *
 * @param id {@code tem_…}
 * @param disabled leaves the default wording in force
 * @param from the sender, for carriers that take it; null for the account's own
 */
public record UnifiedTemplate(
        String id,
        Type type,
        boolean disabled,
        @Nullable String from,
        String text,
        String voice,
        Instant createdAt,
        Instant updatedAt) {

    /** The occasions. Ringcode itself sends the first two; the others are kept for an administrator's tools. */
    public enum Type {
        OTP_VERIFY(
                "{{ code }} is your verification code for {{ friendly_name | escape }}.",
                "Hello. Your verification code for {{ friendly_name | escape }} is {{ pause }}{{ code }}. {{ pause }}Once more: {{ pause }}{{ code }}."),
        OTP_ENROLL(
                "{{ code }} is your {{ friendly_name | escape }} code. Enter it to confirm this phone.",
                "Hello. Your code to confirm this phone with {{ friendly_name | escape }} is {{ pause }}{{ code }}. {{ pause }}Once more: {{ pause }}{{ code }}."),
        CHANGE_PASSWORD(
                "{{ code }} is your code to change your {{ friendly_name | escape }} password.",
                "Hello. Your code to change your {{ friendly_name | escape }} password is {{ pause }}{{ code }}. {{ pause }}Once more: {{ pause }}{{ code }}."),
        BLOCKED_ACCOUNT(
                "Your {{ friendly_name | escape }} account was blocked after suspicious logins from {{ user.source_ip }}.",
                "Hello. Your {{ friendly_name | escape }} account was blocked after suspicious logins."),
        PASSWORD_BREACH(
                "Your {{ friendly_name | escape }} password was found in a list of stolen passwords. Change it.",
                "Hello. Your {{ friendly_name | escape }} password was found in a list of stolen passwords. Please change it.");

        private final String text;
        private final String voice;

        Type(String text, String voice) {
            this.text = text;
            this.voice = voice;
        }

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Type> of(String wire) {
            for (var type : values()) if (type.wire().equals(wire)) return Optional.of(type);
            return Optional.empty();
        }

        public String defaultText() {
            return text;
        }

        public String defaultVoice() {
            return voice;
        }

        /** Whether a message of this kind is worth nothing without its code. */
        boolean needsCode() {
            return this == OTP_VERIFY || this == OTP_ENROLL || this == CHANGE_PASSWORD;
        }

        static Type of(Purpose purpose) {
            return switch (purpose) {
                case ENROLLMENT -> OTP_ENROLL;
                case VERIFICATION -> OTP_VERIFY;
            };
        }
    }

    /** The text for this channel: read out, or read. */
    public String body(Channel channel) {
        return channel.isSpoken() ? voice : text;
    }
}
