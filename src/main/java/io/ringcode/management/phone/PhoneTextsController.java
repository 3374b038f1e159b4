package io.ringcode.management.phone;

import io.ringcode.client.Caller;
import io.ringcode.factor.Factors;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.Body;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.ResponseObject;
import io.ringcode.phone.Channel;
import io.ringcode.template.Autofill;
import io.ringcode.template.InvalidTemplate;
import io.ringcode.template.MessageTemplates;
import io.ringcode.template.Purpose;
import io.ringcode.template.Segments;
import io.ringcode.template.Templates;
import io.ringcode.template.UnifiedTemplates;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What messages say. {@code autofill} and {@code preview} are ours, in the style of the others. */
@RestController
@RequestMapping("/api/v2/guardian/factors")
class PhoneTextsController {
    private static final String READ = "read:guardian_factors";
    private static final String UPDATE = "update:guardian_factors";
    private static final Pattern DOMAIN =
            Pattern.compile("(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}");

    private final Templates templates;
    private final UnifiedTemplates unified;
    private final Tenants tenants;
    private final Changes changes;
    private final Clock clock;

    PhoneTextsController(Templates templates, UnifiedTemplates unified, Tenants tenants, Changes changes, Clock clock) {
        this.templates = templates;
        this.unified = unified;
        this.tenants = tenants;
        this.changes = changes;
        this.clock = clock;
    }

    @GetMapping({"/phone/templates", "/sms/templates"})
    @RequiresScope(READ)
    MessageTemplates templates(Caller caller) {
        return templates.current(caller.tenant());
    }

    /** Answers what was sent, with {@code warnings} beside it where an SMS takes more than one segment. */
    @PutMapping({"/phone/templates", "/sms/templates"})
    @RequiresScope(UPDATE)
    Map<String, Object> setTemplates(Caller caller, Body body) {
        body.only("enrollment_message", "verification_message");
        var wanted = new MessageTemplates(body.text("enrollment_message"), body.text("verification_message"));
        var warnings = checked(() -> changes.get(
                caller,
                MessageTemplates.SETTING,
                () -> templates.save(
                        caller.tenant(),
                        wanted,
                        Factors.of(tenants.settings(caller.tenant())).channels(),
                        clock.instant())));
        return new ResponseObject()
                .put("enrollment_message", wanted.enrollmentMessage())
                .put("verification_message", wanted.verificationMessage())
                .put("warnings", warnings.isEmpty() ? null : warnings)
                .members();
    }

    @GetMapping("/phone/autofill")
    @RequiresScope(READ)
    Map<String, Object> autofill(Caller caller) {
        return shown(templates.autofill(caller.tenant())).members();
    }

    @PutMapping("/phone/autofill")
    @RequiresScope(UPDATE)
    Map<String, Object> setAutofill(Caller caller, Body body) {
        body.only("enabled", "domain");
        var domain = body.has("domain") && !body.isNull("domain") ? body.text("domain", DOMAIN) : null;
        var autofill = new Autofill(body.flag("enabled"), domain);
        if (autofill.enabled()
                && domain == null
                && tenants.domain(caller.tenant()).isEmpty())
            throw ManagementRefused.body("domain", "Must be set: the tenant has no domain of its own");
        changes.set(caller, Autofill.SETTING, autofill);
        var warnings = new ArrayList<>(templates.warnings(caller.tenant(), autofill));
        warnings.addAll(unified.warnings(caller.tenant(), autofill));
        return shown(autofill)
                .put("warnings", warnings.isEmpty() ? null : warnings)
                .members();
    }

    /** Both messages on both channels in one language, with a made-up code; texts that are left out are those in force. */
    @PostMapping("/phone/templates/preview")
    @RequiresScope(READ)
    Map<String, Object> preview(Caller caller, Body body) {
        body.only("enrollment_message", "verification_message", "language");
        var current = templates.current(caller.tenant());
        var texts = new MessageTemplates(
                body.has("enrollment_message") ? body.text("enrollment_message") : current.enrollmentMessage(),
                body.has("verification_message") ? body.text("verification_message") : current.verificationMessage());
        var tag = body.has("language") ? body.text("language", LANGUAGE) : "en";
        var shown = new ResponseObject().put("language", tag);
        for (var purpose : Purpose.values())
            shown.put(purpose.field(), preview(caller, texts, purpose, Locale.forLanguageTag(tag)));
        return shown.members();
    }

    private Map<String, Object> preview(Caller caller, MessageTemplates texts, Purpose purpose, Locale language) {
        var tenant = caller.tenant();
        var sms = checked(() -> templates.preview(tenant, texts, purpose, Channel.SMS, language));
        var voice = Factors.of(tenants.settings(tenant)).channels().contains(Channel.VOICE)
                ? checked(() -> templates.preview(tenant, texts, purpose, Channel.VOICE, language))
                : voiceIfAny(tenant, texts, purpose, language);
        var segments = Segments.of(sms);
        return new ResponseObject()
                .put("sms", sms)
                .put("segments", segments.count())
                .put("encoding", segments.encoding())
                .put("voice", voice.replace(Templates.PAUSE, " … ").strip())
                .members();
    }

    /** What a call would say, for a tenant that makes none: its texts need not fit one. */
    private String voiceIfAny(TenantId tenant, MessageTemplates texts, Purpose purpose, Locale language) {
        try {
            return templates.preview(tenant, texts, purpose, Channel.VOICE, language);
        } catch (InvalidTemplate unfit) {
            return "";
        }
    }

    private static ResponseObject shown(Autofill autofill) {
        return new ResponseObject().put("enabled", autofill.enabled()).put("domain", autofill.domain());
    }

    private static <T> T checked(Supplier<T> work) {
        try {
            return work.get();
        } catch (InvalidTemplate invalid) {
            throw ManagementRefused.body(String.valueOf(invalid.getMessage()));
        }
    }
}
