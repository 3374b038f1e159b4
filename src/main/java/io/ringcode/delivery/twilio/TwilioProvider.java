package io.ringcode.delivery.twilio;

import io.ringcode.delivery.FailureCause;
import io.ringcode.delivery.account.CarrierAccounts;
import io.ringcode.delivery.carrier.CarrierProvider;
import io.ringcode.delivery.carrier.CredentialCheckResult;
import io.ringcode.delivery.carrier.PhoneMessage;
import io.ringcode.delivery.carrier.ReceiptAddresses;
import io.ringcode.delivery.carrier.SendResult;
import io.ringcode.delivery.carrier.SendResult.Accepted;
import io.ringcode.delivery.carrier.SendResult.Refused;
import io.ringcode.delivery.carrier.SendResult.Unavailable;
import io.ringcode.delivery.carrier.SendResult.Unknown;
import io.ringcode.delivery.http.CarrierAnswer;
import io.ringcode.delivery.http.CarrierHttp;
import io.ringcode.delivery.voice.CallScripts;
import io.ringcode.phone.Channel;
import io.ringcode.server.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** Twilio: one form per message: Messages.json for an SMS, Calls.json for a call. */
@Component
class TwilioProvider extends CarrierProvider<TwilioAccount> {
    static final String NAME = TwilioAccount.FORM.carrier();
    /** Twilio's own limit for inline TwiML, in characters. */
    private static final int LONGEST_TWIML = 4000;

    private static final int TEST_CREDENTIALS = 20008;
    /** Of a call, in seconds. */
    private static final String LONGEST_CALL = "180";

    private final CarrierHttp http;
    private final ReceiptAddresses addresses;
    private final CallScripts scripts;
    private final ObjectMapper json;
    private final Clock clock;
    private final String base;
    private final boolean localPhone;

    TwilioProvider(
            CarrierAccounts accounts,
            CarrierHttp http,
            ReceiptAddresses addresses,
            CallScripts scripts,
            Settings settings,
            ObjectMapper json,
            Clock clock) {
        super(TwilioAccount.FORM, accounts);
        this.http = http;
        this.addresses = addresses;
        this.scripts = scripts;
        this.json = json;
        this.clock = clock;
        // In development the local phone stands in for the carrier, unless the operator names another address.
        this.localPhone = settings.devPhone() && !settings.carrierBaseUrls().containsKey(NAME);
        this.base = http.base(
                NAME,
                localPhone ? "http://127.0.0.1:" + settings.port() + "/dev/carriers/twilio" : "https://api.twilio.com");
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
            return new Refused("twiml_too_long", FailureCause.REQUEST);
        var resource = message.channel() == Channel.SMS ? "Messages" : "Calls";
        var uri = URI.create(
                base + "/2010-04-01/Accounts/" + CarrierHttp.encode(account.sid()) + "/" + resource + ".json");
        return read(http.postForm(uri, CarrierHttp.basic(account.sid(), account.authToken()), form));
    }

    /** Reads the account itself, which test credentials may not. */
    @Override
    protected CredentialCheckResult check(TwilioAccount account) throws IOException {
        var uri = URI.create(base + "/2010-04-01/Accounts/" + CarrierHttp.encode(account.sid()) + ".json");
        var authorization = CarrierHttp.basic(account.sid(), account.authToken());
        var answer = http.get(uri, Map.of("Authorization", authorization, "Accept", CarrierHttp.JSON));
        return answer.json(json).path("code").asInt(0) == TEST_CREDENTIALS
                ? new CredentialCheckResult.Bad(
                        "these are test credentials, which send nothing (Twilio's error 20008): use the live ones")
                : answer.verdict(
                        "Twilio",
                        "Twilio does not know this account with this token: copy both from the console's start page");
    }

    private Map<String, String> form(PhoneMessage message, TwilioAccount account) {
        var callback = localPhone ? Optional.<URI>empty() : addresses.of(message.tenant(), NAME);
        var form = new LinkedHashMap<String, String>();
        form.put("To", message.to().e164());
        var service = message.channel() == Channel.SMS ? account.messagingService() : null;
        // A sender beside a service would pin it, and so undo the service's choice.
        if (service == null) sender(message, "default_from", account.from()).ifPresent(from -> form.put("From", from));
        else form.put("MessagingServiceSid", service);
        callback.ifPresent(url -> form.put("StatusCallback", url.toString()));
        switch (message.channel()) {
            case SMS -> {
                form.put("Body", message.text());
                form.put("ValidityPeriod", Long.toString(message.secondsLeft(clock.instant(), 5, 36_000)));
            }
            case VOICE -> {
                form.put("TimeLimit", LONGEST_CALL);
                callback.ifPresentOrElse(url -> listening(form, url, message), () -> {
                    var chosen = TwilioVoices.ALL.choose(message.text(), message.language());
                    form.put("Twiml", Twiml.inline(chosen.speech(), chosen.voice(), LONGEST_TWIML));
                });
            }
        }
        return form;
    }

    /** Twilio asks what to say when it knows who answered. */
    private void listening(Map<String, String> form, URI callback, PhoneMessage message) {
        form.put("MachineDetection", "Enable");
        form.put("Url", callback + "?" + CallScripts.PARAMETER + "=" + scripts.seal(message, NAME));
    }

    private SendResult read(CarrierAnswer answer) {
        var body = answer.json(json);
        if (answer.isSuccess()) {
            var sid = body.path("sid").asString("");
            // Without its id nobody can tell whether they took it: the same code once more does no harm.
            return sid.isEmpty() ? new Unknown("no_sid") : new Accepted(sid);
        }
        var code = body.path("code").asInt(0);
        var told = code == 0 ? "http_" + answer.status() : Integer.toString(code);
        if (answer.isBusy() || TwilioCodes.isBusy(code))
            return new Unavailable(told, answer.retryAfter(clock.instant()));
        return new Refused(told, answer.status() == 401 ? FailureCause.ACCOUNT : TwilioCodes.fault(code));
    }
}
