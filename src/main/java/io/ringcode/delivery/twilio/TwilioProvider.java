package io.ringcode.delivery.twilio;

import io.ringcode.delivery.CarrierAccounts;
import io.ringcode.delivery.CarrierProvider;
import io.ringcode.delivery.Fault;
import io.ringcode.delivery.PhoneMessage;
import io.ringcode.delivery.SendResult;
import io.ringcode.delivery.SendResult.Accepted;
import io.ringcode.delivery.SendResult.Refused;
import io.ringcode.delivery.SendResult.Unavailable;
import io.ringcode.delivery.http.CarrierAnswer;
import io.ringcode.delivery.http.CarrierHttp;
import io.ringcode.phone.Channel;
import io.ringcode.server.Settings;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** One form per message: Messages.json for an SMS, Calls.json with inline TwiML for a call. */
@Component
class TwilioProvider extends CarrierProvider<TwilioAccount> {
    /** Twilio's own limit for inline TwiML, in characters. */
    private static final int LONGEST_TWIML = 4000;

    private final CarrierHttp http;
    private final ObjectMapper json;
    private final Clock clock;
    private final String base;

    TwilioProvider(CarrierAccounts accounts, CarrierHttp http, Settings settings, ObjectMapper json, Clock clock) {
        super(TwilioAccount.FORM, accounts);
        this.http = http;
        this.json = json;
        this.clock = clock;
        // In development the local phone stands in for the carrier, unless the operator names another address.
        var own = settings.devPhone()
                ? URI.create("http://127.0.0.1:" + settings.port() + "/dev/carriers/twilio")
                : URI.create("https://api.twilio.com");
        this.base = settings.carrierBaseUrls()
                .getOrDefault(TwilioAccount.FORM.carrier(), own)
                .toString()
                .replaceAll("/+$", "");
    }

    @Override
    public boolean offers(Channel channel) {
        return true;
    }

    @Override
    protected boolean suffices(TwilioAccount account, Channel channel) {
        return account.suffices(channel);
    }

    @Override
    protected SendResult send(TwilioAccount account, PhoneMessage message) throws IOException {
        var form = form(message, account);
        if (form.getOrDefault("Twiml", "").length() > LONGEST_TWIML)
            return new Refused("twiml_too_long", Fault.REQUEST);
        var resource = message.channel() == Channel.SMS ? "Messages" : "Calls";
        var uri = URI.create(
                base + "/2010-04-01/Accounts/" + CarrierHttp.encode(account.sid()) + "/" + resource + ".json");
        return read(http.postForm(uri, CarrierHttp.basic(account.sid(), account.authToken()), form));
    }

    private static Map<String, String> form(PhoneMessage message, TwilioAccount account) {
        var form = new LinkedHashMap<String, String>();
        form.put("To", message.to().e164());
        if (account.from() != null) form.put("From", account.from());
        switch (message.channel()) {
            case SMS -> {
                if (account.messagingService() != null) form.put("MessagingServiceSid", account.messagingService());
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
