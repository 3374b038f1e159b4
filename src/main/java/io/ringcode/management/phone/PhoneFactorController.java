package io.ringcode.management.phone;

import io.ringcode.challenge.PhoneSettings;
import io.ringcode.client.Caller;
import io.ringcode.delivery.Deliveries;
import io.ringcode.delivery.carrier.SelectedProvider;
import io.ringcode.delivery.carrier.SetupCheck;
import io.ringcode.factor.Factors;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.Body;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.phone.Channel;
import io.ringcode.template.InvalidTemplate;
import io.ringcode.template.Templates;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How the phone factor reaches people. The older {@code sms} paths are the same data as the {@code phone} ones. */
@RestController
@RequestMapping("/api/v2/guardian/factors")
class PhoneFactorController {
    private static final String READ = "read:guardian_factors";
    private static final String UPDATE = "update:guardian_factors";
    private static final Set<String> TYPES = Set.of("sms", "voice");

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

    @GetMapping("/phone/message-types")
    @RequiresScope(READ)
    Map<String, Object> messageTypes(Caller caller) {
        var types = tenants.settings(caller.tenant())
                .get(Factors.MESSAGE_TYPES, Factors.MessageTypes.class, Factors.MessageTypes.UNSET);
        return Map.of("message_types", types.messageTypes());
    }

    @PutMapping("/phone/message-types")
    @RequiresScope(UPDATE)
    Map<String, Object> setMessageTypes(Caller caller, Body body) {
        List<String> types = body.only("message_types").choices("message_types", TYPES);
        checkTexts(caller.tenant(), types);
        changes.set(caller, Factors.MESSAGE_TYPES, new Factors.MessageTypes(types));
        return Map.of("message_types", types);
    }

    /** A channel that is switched on gets the texts in force, which were checked for the others alone. */
    private void checkTexts(TenantId tenant, List<String> types) {
        var added = types.stream().flatMap(type -> Channel.of(type).stream()).collect(Collectors.toSet());
        added.removeAll(Factors.of(tenants.settings(tenant)).channels());
        try {
            templates.check(tenant, templates.current(tenant), added);
        } catch (InvalidTemplate unfit) {
            throw ManagementRefused.body("message_types", "The text does not fit: " + unfit.getMessage());
        }
    }

    @GetMapping({"/phone/selected-provider", "/sms/selected-provider"})
    @RequiresScope(READ)
    SelectedProvider provider(Caller caller) {
        return tenants.settings(caller.tenant())
                .get(SelectedProvider.SETTING, SelectedProvider.class, SelectedProvider.UNSET);
    }

    @PutMapping({"/phone/selected-provider", "/sms/selected-provider"})
    @RequiresScope(UPDATE)
    SelectedProvider setProvider(Caller caller, Body body) {
        var provider = new SelectedProvider(body.only("provider").choice("provider", setupCheck.names()));
        changes.set(caller, SelectedProvider.SETTING, provider);
        return provider;
    }

    /** The built-in provider sends 100 messages in a tenant's life. */
    @GetMapping("/phone/evaluation")
    @RequiresScope(READ)
    Map<String, Object> evaluation(Caller caller) {
        return Map.of("messages_left", deliveries.evaluationLeft(caller.tenant()));
    }

    @GetMapping("/phone/settings")
    @RequiresScope(READ)
    Map<String, Object> codes(Caller caller) {
        return shown(
                tenants.settings(caller.tenant()).get(PhoneSettings.NAME, PhoneSettings.class, PhoneSettings.DEFAULT));
    }

    @PutMapping("/phone/settings")
    @RequiresScope(UPDATE)
    Map<String, Object> setCodes(Caller caller, Body body) {
        body.only("otp_length", "otp_expiration_time");
        var codes = new PhoneSettings(body.number("otp_length", 6, 10), body.number("otp_expiration_time", 60, 600));
        changes.set(caller, PhoneSettings.NAME, codes);
        return shown(codes);
    }

    private static Map<String, Object> shown(PhoneSettings codes) {
        return Map.of("otp_length", codes.otpLength(), "otp_expiration_time", codes.otpExpirationTime());
    }
}
