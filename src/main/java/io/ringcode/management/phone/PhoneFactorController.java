package io.ringcode.management.phone;

import io.ringcode.challenge.PhoneSettings;
import io.ringcode.client.Caller;
import io.ringcode.delivery.Deliveries;
import io.ringcode.delivery.carrier.SelectedProvider;
import io.ringcode.delivery.carrier.SetupCheck;
import io.ringcode.factor.Factors;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.JsonAnswer;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.Items;
import io.ringcode.json.Rule.OneOf;
import io.ringcode.json.Rule.Range;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.phone.Channel;
import io.ringcode.template.InvalidTemplate;
import io.ringcode.template.Templates;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How the phone factor reaches people. The older {@code sms} paths are the same data as the {@code phone} ones. */
@RestController
@RequestMapping("/api/v2/guardian/factors")
public class PhoneFactorController {
    private static final String READ = "read:guardian_factors";
    private static final String UPDATE = "update:guardian_factors";

    private final Tenants tenants;
    private final Templates templates;
    private final SetupCheck setupCheck;
    private final Deliveries deliveries;
    private final Changes changes;

    PhoneFactorController(
            Tenants tenants, Templates templates, SetupCheck setupCheck, Deliveries deliveries, Changes changes) {
        this.tenants = tenants;
        this.templates = templates;
        this.setupCheck = setupCheck;
        this.deliveries = deliveries;
        this.changes = changes;
    }

    /** By which channels codes go. */
    public record MessageTypes(
            @Items(max = 2, unique = true) @OneOf({"sms", "voice"})
            List<String> messageTypes) implements JsonBody, JsonAnswer {}

    /** What sends the messages, by its name. */
    public record Provider(String provider) implements JsonBody, JsonAnswer {}

    public record Evaluation(int messagesLeft) implements JsonAnswer {}

    /** @param otpExpirationTime in seconds */
    public record Codes(
            @Range(min = 6, max = 10) int otpLength,
            @Range(min = 60, max = 600) int otpExpirationTime) implements JsonBody, JsonAnswer {
        private static Codes of(PhoneSettings codes) {
            return new Codes(codes.otpLength(), codes.otpExpirationTime());
        }
    }

    @GetMapping("/phone/message-types")
    @RequiresScope(READ)
    public MessageTypes messageTypes(Caller caller) {
        var types = tenants.settings(caller.tenant())
                .get(Factors.MESSAGE_TYPES, Factors.MessageTypes.class, Factors.MessageTypes.UNSET);
        return new MessageTypes(types.messageTypes());
    }

    @PutMapping("/phone/message-types")
    @RequiresScope(UPDATE)
    public MessageTypes setMessageTypes(Caller caller, MessageTypes wanted) {
        checkTexts(caller.tenant(), wanted.messageTypes());
        changes.set(caller, Factors.MESSAGE_TYPES, new Factors.MessageTypes(wanted.messageTypes()));
        return wanted;
    }

    /** A channel that is switched on gets the texts in force, which were checked for the others alone. */
    private void checkTexts(TenantId tenant, List<String> types) {
        var added = types.stream().flatMap(type -> Channel.of(type).stream()).collect(Collectors.toSet());
        added.removeAll(Factors.of(tenants.settings(tenant)).channels());
        try {
            templates.check(tenant, templates.current(tenant), added);
        } catch (InvalidTemplate unfit) {
            throw InvalidBody.on("message_types", "The text does not fit: " + unfit.getMessage());
        }
    }

    @GetMapping({"/phone/selected-provider", "/sms/selected-provider"})
    @RequiresScope(READ)
    public Provider provider(Caller caller) {
        return new Provider(tenants.settings(caller.tenant())
                .get(SelectedProvider.SETTING, SelectedProvider.class, SelectedProvider.UNSET)
                .provider());
    }

    @PutMapping({"/phone/selected-provider", "/sms/selected-provider"})
    @RequiresScope(UPDATE)
    public Provider setProvider(Caller caller, Provider wanted) {
        var names = setupCheck.names();
        if (!names.contains(wanted.provider()))
            throw InvalidBody.on(
                    "provider",
                    "No enum match, expected one of: "
                            + String.join(", ", names.stream().sorted().toList()));
        changes.set(caller, SelectedProvider.SETTING, new SelectedProvider(wanted.provider()));
        return wanted;
    }

    /** The built-in provider sends 100 messages in a tenant's life. */
    @GetMapping("/phone/evaluation")
    @RequiresScope(READ)
    public Evaluation evaluation(Caller caller) {
        return new Evaluation(deliveries.evaluationLeft(caller.tenant()));
    }

    @GetMapping("/phone/settings")
    @RequiresScope(READ)
    public Codes codes(Caller caller) {
        return Codes.of(PhoneSettings.of(tenants.settings(caller.tenant())));
    }

    @PutMapping("/phone/settings")
    @RequiresScope(UPDATE)
    public Codes setCodes(Caller caller, Codes codes) {
        changes.set(caller, PhoneSettings.NAME, new PhoneSettings(codes.otpLength(), codes.otpExpirationTime()));
        return codes;
    }
}
