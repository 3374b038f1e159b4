package io.ringcode.delivery.aws;

import io.ringcode.delivery.account.CarrierAccounts;
import io.ringcode.delivery.carrier.CarrierProvider;
import io.ringcode.delivery.carrier.CredentialCheckResult;
import io.ringcode.delivery.carrier.PhoneMessage;
import io.ringcode.delivery.carrier.SendResult;
import io.ringcode.delivery.carrier.SendResult.Accepted;
import io.ringcode.delivery.carrier.SendResult.Refused;
import io.ringcode.delivery.carrier.SendResult.Unavailable;
import io.ringcode.delivery.carrier.SendResult.Unknown;
import io.ringcode.delivery.http.CarrierAnswer;
import io.ringcode.delivery.http.CarrierHttp;
import io.ringcode.delivery.http.Xml;
import io.ringcode.phone.Channel;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Amazon SNS: {@code Publish} to a number. Delivery status is in CloudWatch only. */
@Component
class SnsProvider extends CarrierProvider<SnsAccount> {
    private static final String VERSION = "2010-03-31";

    private final CarrierHttp http;
    private final Clock clock;

    SnsProvider(CarrierAccounts accounts, CarrierHttp http, Clock clock) {
        super(SnsAccount.FORM, accounts);
        this.http = http;
        this.clock = clock;
    }

    @Override
    public boolean offers(Channel channel) {
        return channel == Channel.SMS;
    }

    @Override
    protected boolean suffices(SnsAccount account, Channel channel) {
        return true;
    }

    @Override
    protected SendResult send(SnsAccount account, PhoneMessage message) throws IOException {
        return read(post(account, form(account, message)));
    }

    /** Reads one of the account's settings for SMS. */
    @Override
    protected CredentialCheckResult check(SnsAccount account) throws IOException {
        var form = new LinkedHashMap<String, String>();
        form.put("Action", "GetSMSAttributes");
        form.put("Version", VERSION);
        form.put("attributes.member.1", "DefaultSMSType");
        var answer = post(account, form);
        var code = Xml.read(answer.body()).map(body -> body.text("Code")).orElse("");
        return AwsCodes.verdict(answer, code, "sns:GetSMSAttributes");
    }

    private CarrierAnswer post(SnsAccount account, Map<String, String> form) throws IOException {
        var uri = URI.create(http.base(name(), "https://" + account.keys().host("sns")) + "/");
        var body = CarrierHttp.form(form);
        var type = Map.of("Content-Type", CarrierHttp.FORM);
        var headers = AwsSigner.headers(account.keys(), "sns", uri, type, body, clock);
        headers.remove("Content-Type");
        return http.post(uri, CarrierHttp.FORM, headers, body);
    }

    private Map<String, String> form(SnsAccount account, PhoneMessage message) {
        var form = new LinkedHashMap<String, String>();
        form.put("Action", "Publish");
        form.put("Version", VERSION);
        form.put("PhoneNumber", message.to().e164());
        form.put("Message", message.text());
        attribute(form, 1, "AWS.SNS.SMS.SMSType", "Transactional");
        var number = asked(message, "origination_number");
        var name = asked(message, "sender_id").filter(_ -> number.isEmpty());
        var own = number.isEmpty() && name.isEmpty();
        var next = 2;
        next = attribute(form, next, "AWS.SNS.SMS.SenderID", own ? account.senderId() : name.orElse(null));
        next = attribute(form, next, "AWS.MM.SMS.OriginationNumber", own ? account.number() : number.orElse(null));
        next = attribute(form, next, "AWS.MM.SMS.EntityId", account.entityId());
        attribute(form, next, "AWS.MM.SMS.TemplateId", account.templateId());
        return form;
    }

    /** @return the number of the next attribute */
    private static int attribute(Map<String, String> form, int number, String name, @Nullable String value) {
        if (value == null) return number;
        var entry = "MessageAttributes.entry." + number;
        form.put(entry + ".Name", name);
        form.put(entry + ".Value.DataType", "String");
        form.put(entry + ".Value.StringValue", value);
        return number + 1;
    }

    private SendResult read(CarrierAnswer answer) {
        var xml = Xml.read(answer.body());
        if (answer.isSuccess()) {
            var id = xml.map(body -> body.text("MessageId")).orElse("");
            return id.isEmpty() ? new Unknown("no_id") : new Accepted(id);
        }
        var code = xml.map(body -> body.text("Code")).orElse("");
        var told = code.isEmpty() ? "http_" + answer.status() : code;
        if (answer.isBusy() || AwsCodes.isBusy(code)) return new Unavailable(told, answer.retryAfter(clock.instant()));
        var names = xml.map(body -> body.text("Message")).orElse("").replace(" ", "");
        return new Refused(
                told, AwsCodes.fault(code, "", names.toLowerCase(Locale.ROOT).contains("phonenumber")));
    }
}
