package io.ringcode.management.phone;

import io.ringcode.client.Caller;
import io.ringcode.factor.Factors;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.JsonAnswer;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.Matches;
import io.ringcode.json.Rule.NullAllowed;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.phone.Channel;
import io.ringcode.phone.Segments;
import io.ringcode.template.Autofill;
import io.ringcode.template.InvalidTemplate;
import io.ringcode.template.LanguageTexts;
import io.ringcode.template.MessageTemplates;
import io.ringcode.template.Purpose;
import io.ringcode.template.Templates;
import io.ringcode.template.UnifiedTemplates;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What messages say. {@code autofill} and {@code preview} are ours, in the style of the others. */
@RestController
@RequestMapping("/api/v2/guardian/factors")
public class PhoneTextsController {
    private static final String READ = "read:guardian_factors";
    private static final String UPDATE = "update:guardian_factors";
    static final String DOMAIN =
            "(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    static final String LANGUAGE = "[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}";

    private final Templates templates;
    private final UnifiedTemplates unified;
    private final LanguageTexts languages;
    private final Tenants tenants;
    private final Changes changes;
    private final Clock clock;

    PhoneTextsController(
            Templates templates,
            UnifiedTemplates unified,
            LanguageTexts languages,
            Tenants tenants,
            Changes changes,
            Clock clock) {
        this.templates = templates;
        this.unified = unified;
        this.languages = languages;
        this.tenants = tenants;
        this.changes = changes;
        this.clock = clock;
    }

    /** Two Liquid templates. */
    public record Texts(String enrollmentMessage, String verificationMessage) implements JsonBody {}

    /** @param warnings where an SMS takes more than one segment; null for none */
    public record ShownTexts(
            String enrollmentMessage,
            String verificationMessage,
            @Nullable List<String> warnings) implements JsonAnswer {}

    /** @param domain of the page where the code is typed; null for the tenant's own */
    public record WantedAutofill(
            boolean enabled,
            @Nullable @NullAllowed @Matches(DOMAIN) String domain) implements JsonBody {}

    /** @param warnings as those of texts */
    public record ShownAutofill(
            boolean enabled,
            @Nullable String domain,
            @Nullable List<String> warnings) implements JsonAnswer {}

    /** Texts that are left out are those in force. */
    public record Draft(
            @Nullable String enrollmentMessage,
            @Nullable String verificationMessage,
            @Nullable @Matches(LANGUAGE) String language)
            implements JsonBody {}

    public record Preview(String language, Message enrollmentMessage, Message verificationMessage)
            implements JsonAnswer {}

    /**
     * A message as it would be sent.
     *
     * @param encoding {@code GSM-7} or {@code UCS-2}
     * @param voice empty where the text fits no call
     */
    public record Message(String sms, int segments, String encoding, String voice) implements JsonAnswer {}

    @GetMapping({"/phone/templates", "/sms/templates"})
    @RequiresScope(READ)
    public ShownTexts templates(Caller caller) {
        var current = templates.current(caller.tenant());
        return new ShownTexts(current.enrollmentMessage(), current.verificationMessage(), null);
    }

    /**
     * Answers what was sent, with {@code warnings} beside it where an SMS takes more than one segment. Languages that have
     * a text of their own keep it.
     */
    @PutMapping({"/phone/templates", "/sms/templates"})
    @RequiresScope(UPDATE)
    public ShownTexts setTemplates(Caller caller, Texts texts) {
        var wanted = new MessageTemplates(texts.enrollmentMessage(), texts.verificationMessage());
        var warnings = checked(() -> changes.get(
                caller,
                MessageTemplates.SETTING,
                () -> languages.setForAll(
                        caller,
                        wanted,
                        Factors.of(tenants.settings(caller.tenant())).channels(),
                        clock.instant())));
        return new ShownTexts(
                texts.enrollmentMessage(), texts.verificationMessage(), warnings.isEmpty() ? null : warnings);
    }

    /** Every language says its own default again. Ours: Auth0 has no way back. */
    @DeleteMapping("/phone/templates")
    @RequiresScope(UPDATE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    public void resetTemplates(Caller caller) {
        setTemplates(
                caller,
                new Texts(
                        MessageTemplates.DEFAULT.enrollmentMessage(), MessageTemplates.DEFAULT.verificationMessage()));
    }

    @GetMapping("/phone/autofill")
    @RequiresScope(READ)
    ShownAutofill autofill(Caller caller) {
        return shown(templates.autofill(caller.tenant()), List.of());
    }

    @PutMapping("/phone/autofill")
    @RequiresScope(UPDATE)
    ShownAutofill setAutofill(Caller caller, WantedAutofill wanted) {
        var autofill = new Autofill(wanted.enabled(), wanted.domain());
        if (autofill.enabled()
                && autofill.domain() == null
                && tenants.domain(caller.tenant()).isEmpty())
            throw InvalidBody.on("domain", "Must be set: the tenant has no domain of its own");
        changes.set(caller, Autofill.SETTING, autofill);
        var warnings = new ArrayList<>(templates.warnings(caller.tenant(), autofill));
        warnings.addAll(unified.warnings(caller.tenant(), autofill));
        return shown(autofill, warnings);
    }

    /** Both messages on both channels in one language, with a made-up code; texts that are left out are those in force. */
    @PostMapping("/phone/templates/preview")
    @RequiresScope(READ)
    public Preview preview(Caller caller, Draft draft) {
        var current = templates.current(caller.tenant());
        var texts = new MessageTemplates(
                Objects.requireNonNullElse(draft.enrollmentMessage(), current.enrollmentMessage()),
                Objects.requireNonNullElse(draft.verificationMessage(), current.verificationMessage()));
        var tag = Objects.requireNonNullElse(draft.language(), "en");
        var language = Locale.forLanguageTag(tag);
        return new Preview(
                tag,
                preview(caller, texts, Purpose.ENROLLMENT, language),
                preview(caller, texts, Purpose.VERIFICATION, language));
    }

    private Message preview(Caller caller, MessageTemplates texts, Purpose purpose, Locale language) {
        var tenant = caller.tenant();
        var sms = checked(() -> templates.preview(tenant, texts, purpose, Channel.SMS, language));
        var voice = Factors.of(tenants.settings(tenant)).channels().contains(Channel.VOICE)
                ? checked(() -> templates.preview(tenant, texts, purpose, Channel.VOICE, language))
                : voiceIfAny(tenant, texts, purpose, language);
        var segments = Segments.of(sms);
        return new Message(
                sms,
                segments.count(),
                segments.encoding(),
                voice.replace(Templates.PAUSE, " … ").strip());
    }

    /** What a call would say, for a tenant that makes none: its texts need not fit one. */
    private String voiceIfAny(TenantId tenant, MessageTemplates texts, Purpose purpose, Locale language) {
        try {
            return templates.preview(tenant, texts, purpose, Channel.VOICE, language);
        } catch (InvalidTemplate unfit) {
            return "";
        }
    }

    private static ShownAutofill shown(Autofill autofill, List<String> warnings) {
        return new ShownAutofill(autofill.enabled(), autofill.domain(), warnings.isEmpty() ? null : warnings);
    }

    private static <T> T checked(Supplier<T> work) {
        try {
            return work.get();
        } catch (InvalidTemplate invalid) {
            throw ManagementRefused.body(String.valueOf(invalid.getMessage()));
        }
    }
}
