package io.ringcode.management.phone;

import io.ringcode.client.Caller;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.Body;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.Paging;
import io.ringcode.management.json.ResponseObject;
import io.ringcode.phone.Channel;
import io.ringcode.secret.RandomText;
import io.ringcode.template.InvalidTemplate;
import io.ringcode.template.UnifiedTemplate;
import io.ringcode.template.UnifiedTemplates;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Templates of the unified phone experience, one for each occasion; those that nobody wrote are listed as defaults. */
@RestController
@RequestMapping("/api/v2/branding/phone/templates")
class PhoneTemplatesController {
    private static final int LONGEST_BODY = 20_000;
    private static final int LONGEST_FROM = 16; // + and 15 digits
    private static final Set<String> TYPES = Arrays.stream(UnifiedTemplate.Type.values())
            .map(UnifiedTemplate.Type::wire)
            .collect(Collectors.toSet());

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

    @GetMapping
    @RequiresScope("read:phone_templates")
    Map<String, Object> list(Caller caller, HttpServletRequest request) {
        var own = templates.list(caller.tenant());
        var shown = new ArrayList<Map<String, Object>>();
        for (var type : UnifiedTemplate.Type.values()) {
            var template = own.stream().filter(one -> one.type() == type).findFirst();
            var disabled = template.map(UnifiedTemplate::disabled).orElse(false);
            if (request.getParameter("disabled") != null && disabled != Paging.flag(request, "disabled", disabled))
                continue;
            shown.add(template.map(one -> shown(caller, one)).orElseGet(() -> shownDefault(caller, type)));
        }
        return Map.of("templates", shown);
    }

    @GetMapping("/{id}")
    @RequiresScope("read:phone_templates")
    Map<String, Object> read(@PathVariable String id, Caller caller) {
        return shown(caller, require(caller, id));
    }

    @PostMapping
    @RequiresScope("create:phone_templates")
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, Object> create(Caller caller, Body body) {
        body.only("type", "disabled", "content");
        var type = UnifiedTemplate.Type.of(body.choice("type", TYPES)).orElseThrow();
        var now = clock.instant();
        var blank = new UnifiedTemplate(
                "tem_" + random.mixed(22), type, false, null, type.defaultText(), type.defaultVoice(), now, now);
        var template = changed(blank, body);
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
    Map<String, Object> update(@PathVariable String id, Caller caller, Body body) {
        require(caller, id);
        body.only("disabled", "content");
        return replace(caller, "Update a phone template", id, body, before -> changed(before, body));
    }

    /** The default wording again; the sender stays. */
    @PatchMapping("/{id}/reset")
    @RequiresScope("update:phone_templates")
    Map<String, Object> reset(@PathVariable String id, Caller caller, Body body) {
        require(caller, id);
        body.only();
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

    private Map<String, Object> replace(
            Caller caller, String what, String id, Body body, UnaryOperator<UnifiedTemplate> change) {
        write(caller, what, id, body, own -> {
            own.replaceAll(one -> one.id().equals(id) ? change.apply(one) : one);
            return own;
        });
        return warned(caller, require(caller, id));
    }

    private void write(
            Caller caller, String what, String id, @Nullable Body body, UnaryOperator<List<UnifiedTemplate>> change) {
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

    private UnifiedTemplate changed(UnifiedTemplate before, Body body) {
        var disabled = body.flag("disabled", before.disabled());
        if (!body.has("content")) return with(before, disabled, before.from(), before.text(), before.voice());
        var content = body.object("content").only("syntax", "from", "body");
        if (content.has("syntax")) content.choice("syntax", Set.of("liquid"));
        var from = content.has("from") ? content.optionalText("from", 0, LONGEST_FROM) : before.from();
        if (from != null && from.chars().anyMatch(Character::isISOControl))
            throw ManagementRefused.body("content.from", "Must be a number or a name");
        var texts = content.has("body") ? content.object("body").only("text", "voice") : null;
        return with(
                before,
                disabled,
                from == null || from.isBlank() ? null : from,
                body(before, texts, "text", before.text(), Channel.SMS),
                body(before, texts, "voice", before.voice(), Channel.VOICE));
    }

    private String body(UnifiedTemplate template, @Nullable Body texts, String name, String before, Channel channel) {
        if (texts == null || !texts.has(name)) return before;
        var text = Objects.requireNonNullElse(texts.optionalText(name, 1, LONGEST_BODY), before);
        try {
            templates.tryOut(template.type(), text, channel);
        } catch (InvalidTemplate invalid) {
            throw ManagementRefused.body("content.body." + name, String.valueOf(invalid.getMessage()));
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

    private static Map<String, Object> shown(Caller caller, UnifiedTemplate template) {
        return common(caller, template.type(), template.disabled())
                .put("id", template.id())
                .put("created_at", template.createdAt())
                .put("updated_at", template.updatedAt())
                .put("content", content(template.from(), template.text(), template.voice()))
                .members();
    }

    /** With {@code warnings} beside it where an SMS takes more than one segment. */
    private Map<String, Object> warned(Caller caller, UnifiedTemplate template) {
        var shown = shown(caller, template);
        var warnings = templates.warnings(caller.tenant(), template);
        if (!warnings.isEmpty()) shown.put("warnings", warnings);
        return shown;
    }

    private static Map<String, Object> shownDefault(Caller caller, UnifiedTemplate.Type type) {
        return common(caller, type, false)
                .put("content", content(null, type.defaultText(), type.defaultVoice()))
                .members();
    }

    private static ResponseObject common(Caller caller, UnifiedTemplate.Type type, boolean disabled) {
        return new ResponseObject()
                .put("channel", "phone")
                .put("customizable", true)
                .put("tenant", caller.tenant().value())
                .put("type", type.wire())
                .put("disabled", disabled);
    }

    private static Map<String, Object> content(@Nullable String from, String text, String voice) {
        return new ResponseObject()
                .put("syntax", "liquid")
                .put("from", from == null ? "" : from)
                .put(
                        "body",
                        new ResponseObject()
                                .put("text", text)
                                .put("voice", voice)
                                .members())
                .members();
    }
}
