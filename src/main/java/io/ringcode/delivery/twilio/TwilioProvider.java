package io.ringcode.delivery.twilio;

import io.ringcode.delivery.Fault;
import io.ringcode.delivery.PhoneMessage;
import io.ringcode.delivery.PhoneProvider;
import io.ringcode.delivery.SendResult;
import io.ringcode.delivery.SendResult.Accepted;
import io.ringcode.delivery.SendResult.Refused;
import io.ringcode.delivery.SendResult.Unavailable;
import io.ringcode.delivery.http.CarrierAnswer;
import io.ringcode.delivery.http.CarrierHttp;
import io.ringcode.phone.Channel;
import io.ringcode.server.Settings;
import io.ringcode.tenant.TenantId;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** One form per message: Messages.json for an SMS, Calls.json with inline TwiML for a call. */
@Component
class TwilioProvider implements PhoneProvider {
    private static final String NAME = "twilio";
    /** Twilio's own limit for inline TwiML, in characters. */
    private static final int LONGEST_TWIML = 4000;

    private final TwilioAccounts accounts;
    private final CarrierHttp http;
    private final ObjectMapper json;
    private final Clock clock;
    private final String base;

    TwilioProvider(TwilioAccounts accounts, CarrierHttp http, Settings settings, ObjectMapper json, Clock clock) {
        this.accounts = accounts;
        this.http = http;
        this.json = json;
        this.clock = clock;
        // In development the local phone stands in for the carrier, unless the operator names another address.
        var own = settings.devPhone()
                ? URI.create("http://127.0.0.1:" + settings.port() + "/dev/carriers/twilio")
                : URI.create("https://api.twilio.com");
        this.base =
                settings.carrierBaseUrls().getOrDefault(NAME, own).toString().replaceAll("/+$", "");
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean offers(Channel channel) {
        return true;
    }

    @Override
    public boolean ready(TenantId tenant, Channel channel) {
        return accounts.find(tenant).suffices(channel);
    }

    @Override
    public SendResult send(PhoneMessage message) throws IOException {
        var account = accounts.find(message.tenant());
        var sid = account.sid();
        var token = accounts.authToken(message.tenant(), account);
        // The settings may have changed since the message was promised.
        if (sid == null || token == null || !account.suffices(message.channel()))
            return new Refused("not_configured", Fault.ACCOUNT);
        var form = form(message, account);
        if (form.getOrDefault("Twiml", "").length() > LONGEST_TWIML)
            return new Refused("twiml_too_long", Fault.REQUEST);
        var resource = message.channel() == Channel.SMS ? "Messages" : "Calls";
        var uri = URI.create(base + "/2010-04-01/Accounts/" + CarrierHttp.encode(sid) + "/" + resource + ".json");
        return read(http.postForm(uri, CarrierHttp.basic(sid, token), form));
    }

    private static Map<String, String> form(PhoneMessage message, TwilioAccount account) {
        var form = new LinkedHashMap<String, String>();
        form.put("To", message.to().e164());
        if (account.from() != null) form.put("From", account.from());
        switch (message.channel()) {
            case SMS -> {
                if (account.messagingServiceSid() != null)
                    form.put("MessagingServiceSid", account.messagingServiceSid());
                form.put("Body", message.text());
            }
            case VOICE ->
                form.put("Twiml", Twiml.of(message.text(), TwilioLanguage.of(message.language()), LONGEST_TWIML));
        }
        return form;
    }

    private SendResult read(CarrierAnswer answer) {
        var body = answer.json(json);
        if (answer.isSuccess()) {
            var sid = body.path("sid").asString("");
            // Without its id nobody can tell whether they took it: the same code once more does no harm.
            return sid.isEmpty() ? new Unavailable("no_sid", null) : new Accepted(sid);
        }
        var code = body.path("code").asInt(0);
        var told = code == 0 ? "http_" + answer.status() : Integer.toString(code);
        if (answer.isBusy() || TwilioCodes.isBusy(code))
            return new Unavailable(told, answer.retryAfter(clock.instant()));
        return new Refused(told, answer.status() == 401 ? Fault.ACCOUNT : TwilioCodes.fault(code));
    }
}
