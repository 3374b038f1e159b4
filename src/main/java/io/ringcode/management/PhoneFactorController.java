package io.ringcode.management;

import io.ringcode.challenge.PhoneSettings;
import io.ringcode.delivery.SelectedProvider;
import io.ringcode.enrollment.Factors;
import io.ringcode.template.InvalidTemplate;
import io.ringcode.template.MessageTemplates;
import io.ringcode.template.Templates;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private static final Set<String> PROVIDERS = Set.of("auth0", "twilio", "phone-message-hook");
    private static final Set<String> TYPES = Set.of("sms", "voice");

    private final ManagementCalls calls;
    private final Body.Reader bodies;
    private final Tenants tenants;
    private final Templates templates;
    private final SettingWriter settings;
    private final Clock clock;

    PhoneFactorController(
            ManagementCalls calls,
            Body.Reader bodies,
            Tenants tenants,
            Templates templates,
            SettingWriter settings,
            Clock clock) {
        this.calls = calls;
        this.bodies = bodies;
        this.tenants = tenants;
        this.templates = templates;
        this.settings = settings;
        this.clock = clock;
    }

    @GetMapping("/phone/message-types")
    Map<String, Object> messageTypes(HttpServletRequest request) {
        var caller = calls.require(request, READ);
        var types = tenants.settings(caller.tenant())
                .get(Factors.MESSAGE_TYPES, Factors.MessageTypes.class, Factors.MessageTypes.UNSET);
        return Map.of("message_types", types.messageTypes());
    }

    @PutMapping("/phone/message-types")
    Map<String, Object> setMessageTypes(HttpServletRequest request) throws IOException {
        var caller = calls.require(request, UPDATE);
        List<String> types = bodies.object(request, "message_types").choices("message_types", TYPES);
        settings.write(caller, Factors.MESSAGE_TYPES, new Factors.MessageTypes(types));
        return Map.of("message_types", types);
    }

    @GetMapping({"/phone/selected-provider", "/sms/selected-provider"})
    SelectedProvider provider(HttpServletRequest request) {
        var caller = calls.require(request, READ);
        return tenants.settings(caller.tenant())
                .get(SelectedProvider.SETTING, SelectedProvider.class, SelectedProvider.UNSET);
    }

    @PutMapping({"/phone/selected-provider", "/sms/selected-provider"})
    SelectedProvider setProvider(HttpServletRequest request) throws IOException {
        var caller = calls.require(request, UPDATE);
        var provider = new SelectedProvider(bodies.object(request, "provider").choice("provider", PROVIDERS));
        settings.write(caller, SelectedProvider.SETTING, provider);
        return provider;
    }

    @GetMapping({"/phone/templates", "/sms/templates"})
    MessageTemplates templates(HttpServletRequest request) {
        return templates.current(calls.require(request, READ).tenant());
    }

    @PutMapping({"/phone/templates", "/sms/templates"})
    MessageTemplates setTemplates(HttpServletRequest request) throws IOException {
        var caller = calls.require(request, UPDATE);
        var body = bodies.object(request, "enrollment_message", "verification_message");
        var wanted = new MessageTemplates(body.text("enrollment_message"), body.text("verification_message"));
        try {
            settings.write(
                    caller, MessageTemplates.SETTING, () -> templates.save(caller.tenant(), wanted, clock.instant()));
        } catch (InvalidTemplate invalid) {
            throw ManagementRefused.body(String.valueOf(invalid.getMessage()));
        }
        return wanted;
    }

    @GetMapping("/phone/settings")
    Map<String, Object> codes(HttpServletRequest request) {
        var caller = calls.require(request, READ);
        return shown(
                tenants.settings(caller.tenant()).get(PhoneSettings.NAME, PhoneSettings.class, PhoneSettings.DEFAULT));
    }

    @PutMapping("/phone/settings")
    Map<String, Object> setCodes(HttpServletRequest request) throws IOException {
        var caller = calls.require(request, UPDATE);
        var body = bodies.object(request, "otp_length", "otp_expiration_time");
        var codes = new PhoneSettings(body.number("otp_length", 6, 10), body.number("otp_expiration_time", 60, 600));
        settings.write(caller, PhoneSettings.NAME, codes);
        return shown(codes);
    }

    private static Map<String, Object> shown(PhoneSettings codes) {
        return Map.of("otp_length", codes.otpLength(), "otp_expiration_time", codes.otpExpirationTime());
    }
}
