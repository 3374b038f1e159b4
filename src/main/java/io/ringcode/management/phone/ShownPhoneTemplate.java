package io.ringcode.management.phone;

import io.ringcode.json.IsoTime;
import io.ringcode.json.JsonAnswer;
import io.ringcode.template.UnifiedTemplate;
import io.ringcode.tenant.TenantId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A template of the unified phone experience, as it is answered.
 *
 * @param id null for a default, as are the times
 * @param warnings where an SMS takes more than one segment; null for none
 */
record ShownPhoneTemplate(
        String channel,
        boolean customizable,
        String tenant,
        String type,
        boolean disabled,
        @Nullable String id,
        @Nullable IsoTime createdAt,
        @Nullable IsoTime updatedAt,
        Content content,
        @Nullable List<String> warnings)
        implements JsonAnswer {

    record Content(String syntax, String from, Texts body) implements JsonAnswer {
        private static Content of(@Nullable String from, String text, String voice) {
            return new Content("liquid", Objects.requireNonNullElse(from, ""), new Texts(text, voice));
        }
    }

    record Texts(String text, String voice) implements JsonAnswer {}

    static ShownPhoneTemplate of(TenantId tenant, UnifiedTemplate template, List<String> warnings) {
        return new ShownPhoneTemplate(
                "phone",
                true,
                tenant.value(),
                template.type().wire(),
                template.disabled(),
                template.id(),
                new IsoTime(template.createdAt()),
                new IsoTime(template.updatedAt()),
                Content.of(template.from(), template.text(), template.voice()),
                warnings.isEmpty() ? null : warnings);
    }

    static ShownPhoneTemplate ofDefault(TenantId tenant, UnifiedTemplate.Type type) {
        return new ShownPhoneTemplate(
                "phone",
                true,
                tenant.value(),
                type.wire(),
                false,
                null,
                null,
                null,
                Content.of(null, type.defaultText(), type.defaultVoice()),
                null);
    }
}
