package io.ringcode.management.phone;

import io.ringcode.client.Caller;
import io.ringcode.delivery.account.CarrierAccounts;
import io.ringcode.delivery.carrier.SelectedProvider;
import io.ringcode.delivery.carrier.SendResult;
import io.ringcode.delivery.carrier.SetupCheck;
import io.ringcode.fraud.Admission.Denied;
import io.ringcode.fraud.Admission.Rule;
import io.ringcode.fraud.FraudGuard;
import io.ringcode.fraud.SendRequest;
import io.ringcode.fraud.SendRequest.Cause;
import io.ringcode.fraud.SendRequest.Ownership;
import io.ringcode.fraud.SendRequest.Proof;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.JsonAnswer;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.Length;
import io.ringcode.json.Rule.OneOf;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.phone.Channel;
import io.ringcode.phone.InvalidPhoneNumber;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.template.Purpose;
import io.ringcode.template.Templates;
import io.ringcode.template.UnifiedTemplates;
import io.ringcode.tenant.Tenants;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Test messages: sends a real sample, which is judged and counted like any other message and whose code opens nothing. */
@RestController
public class PhoneTrialController {
    private final CarrierAccounts accounts;
    private final Templates templates;
    private final UnifiedTemplates unified;
    private final Tenants tenants;
    private final FraudGuard fraud;
    private final SetupCheck setupCheck;
    private final Clock clock;

    PhoneTrialController(
            CarrierAccounts accounts,
            Templates templates,
            UnifiedTemplates unified,
            Tenants tenants,
            FraudGuard fraud,
            SetupCheck setupCheck,
            Clock clock) {
        this.accounts = accounts;
        this.templates = templates;
        this.unified = unified;
        this.tenants = tenants;
        this.fraud = fraud;
        this.setupCheck = setupCheck;
        this.clock = clock;
    }

    /** @param deliveryMethod null for {@code text} */
    public record Trial(
            @Length(min = 1, max = 60) String to,
            @Nullable @OneOf({"text", "voice"}) String deliveryMethod) implements JsonBody {
        private Channel channel() {
            return Optional.ofNullable(deliveryMethod)
                    .flatMap(Channel::ofDeliveryMethod)
                    .orElse(Channel.USUAL);
        }
    }

    public record Taken(int code, String message) implements JsonAnswer {}

    @PostMapping("/api/v2/branding/phone/providers/{id}/try")
    @RequiresScope("create:phone_providers")
    @ResponseStatus(HttpStatus.ACCEPTED)
    public Taken attempt(@PathVariable String id, Caller caller, Trial trial) {
        var tenant = caller.tenant();
        var account = accounts.all(tenant).stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> ManagementRefused.missing(null, "Notification Resource not found"));
        var to = admitted(caller, trial);
        var text = templates.preview(
                tenant, templates.current(tenant), Purpose.VERIFICATION, trial.channel(), Locale.ENGLISH);
        return told(
                account.carrier(),
                setupCheck.send(
                        tenant,
                        CustomProvider.sender(account.carrier()),
                        to,
                        trial.channel(),
                        text,
                        null,
                        Locale.ENGLISH));
    }

    /** By the selected provider, with a made-up code. */
    @PostMapping("/api/v2/branding/phone/templates/{id}/try")
    @RequiresScope("create:phone_templates")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Taken attemptTemplate(@PathVariable String id, Caller caller, Trial trial) {
        var tenant = caller.tenant();
        var template = unified.list(tenant).stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> ManagementRefused.missing(null, "Notification Resource not found"));
        var to = admitted(caller, trial);
        var provider = tenants.settings(tenant)
                .get(SelectedProvider.SETTING, SelectedProvider.class, SelectedProvider.UNSET)
                .provider();
        var text = unified.sample(tenant, template, trial.channel());
        return told(
                provider,
                setupCheck.send(tenant, provider, to, trial.channel(), text, template.from(), Locale.ENGLISH));
    }

    /** To whom the test message goes, once it may be sent. An administrator's own number is not a stranger's. */
    private PhoneNumber admitted(Caller caller, Trial trial) {
        var to = number(trial.to());
        var request = new SendRequest(
                caller.tenant(),
                caller.client().id(),
                null,
                null,
                to,
                trial.channel(),
                caller.origin(),
                Cause.TRIAL,
                Ownership.CONFIRMED,
                null,
                Proof.IMPOSSIBLE);
        if (!(fraud.admitAlone(request, clock.instant()) instanceof Denied(var rule, var _, var _))) return to;
        throw rule == Rule.COUNTRY || rule == Rule.NUMBER_KIND || rule == Rule.BRAKE || rule == Rule.BUDGET
                ? ManagementRefused.operation(null, "The message was not sent: " + rule.reason())
                : ManagementRefused.tooManyMessages("The message was not sent: " + rule.reason());
    }

    private static Taken told(String provider, SendResult result) {
        return switch (result) {
            case SendResult.Accepted _ -> new Taken(202, provider + " has taken the message");
            case SendResult.Unavailable(var code, var _, var said) ->
                throw ManagementRefused.operation(
                        null, provider + " did not take the message now (" + word(code, said) + "); try again");
            case SendResult.Unknown(var code, var said) ->
                throw ManagementRefused.operation(
                        null,
                        provider + " did not answer (" + word(code, said)
                                + "), so the message may arrive all the same; wait a moment before you try again");
            case SendResult.Refused(var code, var _, var _)
            when code.equals("not_configured") ->
                throw ManagementRefused.operation(
                        null, provider + " was not asked: the account lacks what this channel needs, such as a sender");
            case SendResult.Refused(var code, var _, var _)
            when code.equals("over_budget") ->
                throw ManagementRefused.operation(null, "The message was not sent: the budget is used up");
            case SendResult.Refused(var code, var fault, var said) ->
                throw ManagementRefused.operation(
                        null,
                        provider + " refused the message (" + word(code, said) + "). " + ShownMessage.adviceOn(fault));
        };
    }

    private static String word(String code, @Nullable String said) {
        return said == null ? code : code + ": " + said;
    }

    private static PhoneNumber number(String text) {
        try {
            return new PhoneNumber(text);
        } catch (InvalidPhoneNumber impossible) {
            throw InvalidBody.on("to", impossible.sentence("Expected a phone number in E.164 form"));
        }
    }
}
