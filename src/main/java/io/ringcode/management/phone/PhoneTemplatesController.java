package io.ringcode.management.phone;

import io.ringcode.client.Caller;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.JsonAnswer;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Patch;
import io.ringcode.json.Rule.Length;
import io.ringcode.json.Rule.OneOf;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.Paging;
import io.ringcode.phone.Channel;
import io.ringcode.secret.RandomText;
import io.ringcode.template.InvalidTemplate;
import io.ringcode.template.UnifiedTemplate;
import io.ringcode.template.UnifiedTemplates;
import io.ringcode.tenant.Tenants;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Templates of the unified phone experience, one for each occasion; those that nobody wrote are listed as defaults. */
@RestController
@RequestMapping("/api/v2/branding/phone/templates")
class PhoneTemplatesController {
    static final int LONGEST_BODY = 20_000;
    static final int LONGEST_FROM = 16; // + and 15 digits

    private final UnifiedTemplates templates;
    private final Tenants tenants;
    private final RandomText random;
    private final Changes changes;
    private final Clock clock;

    PhoneTemplatesController(
            UnifiedTemplates templates, Tenants tenants, RandomText random, Changes changes, Clock clock) {
        this.templates = templates;
        this.tenants = tenants;
        this.random = random;
        this.changes = changes;
        this.clock = clock;
    }

    record Create(
            UnifiedTemplate.Type type,
            @Nullable Boolean disabled,
            @Nullable Content content) implements JsonBody {
        private Update update() {
            return new Update(disabled, content);
        }
    }

    record Update(@Nullable Boolean disabled, @Nullable Content content) implements JsonBody {}

    /** @param from a number or a name; the account's own where it is null or empty */
    record Content(
            @Nullable @OneOf("liquid") String syntax,
            @Length(max = LONGEST_FROM) Patch<String> from,
            @Nullable Texts body)
            implements JsonBody {
        Content {
            if (from.given().stream().flatMapToInt(String::chars).anyMatch(Character::isISOControl))
                throw InvalidBody.on("from", "Must be a number or a name");
        }
    }

    /** What is null stays as it is. */
    record Texts(
            @Length(min = 1, max = LONGEST_BODY) Patch<String> text,
            @Length(min = 1, max = LONGEST_BODY) Patch<String> voice)
            implements JsonBody {
        private static final Texts NONE = new Texts(Patch.leftOut(), Patch.leftOut());
    }

    record Nothing() implements JsonBody {}

    record Shown(List<ShownPhoneTemplate> templates) implements JsonAnswer {}

    @GetMapping
    @RequiresScope("read:phone_templates")
    Shown list(Caller caller, @RequestParam @Nullable String disabled) {
        var own = templates.list(caller.tenant());
        var shown = new ArrayList<ShownPhoneTemplate>();
        for (var type : UnifiedTemplate.Type.values()) {
            var template = own.stream().filter(one -> one.type() == type).findFirst();
            var off = template.map(UnifiedTemplate::disabled).orElse(false);
            if (disabled != null && off != Paging.flag("disabled", disabled, off)) continue;
            shown.add(template.map(one -> shown(caller, one, List.of()))
                    .orElseGet(() -> ShownPhoneTemplate.ofDefault(caller.tenant(), type)));
        }
        return new Shown(shown);
    }

    @GetMapping("/{id}")
    @RequiresScope("read:phone_templates")
    ShownPhoneTemplate read(@PathVariable String id, Caller caller) {
        return shown(caller, require(caller, id), List.of());
    }

    @PostMapping
    @RequiresScope("create:phone_templates")
    @ResponseStatus(HttpStatus.CREATED)
    ShownPhoneTemplate create(Caller caller, Create body) {
        var type = body.type();
        var now = clock.instant();
        var blank = new UnifiedTemplate(
                "tem_" + random.mixed(22), type, false, null, type.defaultText(), type.defaultVoice(), now, now);
        var template = changed(caller, blank, body.update());
        write(caller, "Create a phone template", template.id(), body, own -> {
            if (own.stream().anyMatch(one -> one.type() == type))
                throw ManagementRefused.conflict(null, "A template for " + type.wire() + " already exists");
            own.add(template);
            return own;
        });
        return warned(caller, template);
    }

    @PatchMapping("/{id}")
    @RequiresScope("update:phone_templates")
    ShownPhoneTemplate update(@PathVariable String id, Caller caller, Update body) {
        require(caller, id);
        return replace(caller, "Update a phone template", id, body, before -> changed(caller, before, body));
    }

    /** The default wording again; the sender stays. */
    @PatchMapping("/{id}/reset")
    @RequiresScope("update:phone_templates")
    ShownPhoneTemplate reset(@PathVariable String id, Caller caller, Nothing body) {
        require(caller, id);
        return replace(
                caller,
                "Reset a phone template",
                id,
                body,
                before -> new UnifiedTemplate(
                        before.id(),
                        before.type(),
                        before.disabled(),
                        before.from(),
                        before.type().defaultText(),
                        before.type().defaultVoice(),
                        before.createdAt(),
                        clock.instant()));
    }

    @DeleteMapping("/{id}")
    @RequiresScope("delete:phone_templates")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String id, Caller caller) {
        require(caller, id);
        write(caller, "Delete a phone template", id, null, own -> {
            own.removeIf(one -> one.id().equals(id));
            return own;
        });
    }

    private ShownPhoneTemplate replace(
            Caller caller, String what, String id, JsonBody body, UnaryOperator<UnifiedTemplate> change) {
        write(caller, what, id, body, own -> {
            own.replaceAll(one -> one.id().equals(id) ? change.apply(one) : one);
            return own;
        });
        return warned(caller, require(caller, id));
    }

    private void write(
            Caller caller,
            String what,
            String id,
            @Nullable JsonBody body,
            UnaryOperator<List<UnifiedTemplate>> change) {
        Supplier<Boolean> update = () -> {
            tenants.update(
                    caller.tenant(),
                    UnifiedTemplates.SETTING,
                    UnifiedTemplates.Stored.class,
                    UnifiedTemplates.Stored.NONE,
                    stored -> new UnifiedTemplates.Stored(change.apply(new ArrayList<>(stored.templates()))));
            return true;
        };
        if (body == null) changes.make(caller, what, id, update);
        else changes.make(caller, what, id, body, update);
    }

    private UnifiedTemplate changed(Caller caller, UnifiedTemplate before, Update body) {
        var disabled = Objects.requireNonNullElse(body.disabled(), before.disabled());
        var content = body.content();
        if (content == null) return with(before, disabled, before.from(), before.text(), before.voice());
        var from = content.from().or(before.from());
        var texts = Objects.requireNonNullElse(content.body(), Texts.NONE);
        return with(
                before,
                disabled,
                from == null || from.isBlank() ? null : from,
                tried(caller, before, "text", texts.text(), before.text(), Channel.SMS),
                tried(caller, before, "voice", texts.voice(), before.voice(), Channel.VOICE));
    }

    private String tried(
            Caller caller,
            UnifiedTemplate template,
            String name,
            Patch<String> wanted,
            String before,
            Channel channel) {
        if (!wanted.sent()) return before;
        var text = wanted.orKept(before);
        try {
            templates.tryOut(caller.tenant(), template.type(), text, channel);
        } catch (InvalidTemplate invalid) {
            throw InvalidBody.on("content.body." + name, String.valueOf(invalid.getMessage()));
        }
        return text;
    }

    private UnifiedTemplate with(
            UnifiedTemplate before, boolean disabled, @Nullable String from, String text, String voice) {
        return new UnifiedTemplate(
                before.id(), before.type(), disabled, from, text, voice, before.createdAt(), clock.instant());
    }

    private UnifiedTemplate require(Caller caller, String id) {
        return templates.list(caller.tenant()).stream()
                .filter(template -> template.id().equals(id))
                .findFirst()
                .orElseThrow(() -> ManagementRefused.missing(null, "Notification Resource not found"));
    }

    private ShownPhoneTemplate warned(Caller caller, UnifiedTemplate template) {
        return shown(caller, template, templates.warnings(caller.tenant(), template));
    }

    private static ShownPhoneTemplate shown(Caller caller, UnifiedTemplate template, List<String> warnings) {
        return ShownPhoneTemplate.of(caller.tenant(), template, warnings);
    }
}
