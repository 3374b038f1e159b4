package io.ringcode.delivery.vonage;

import io.ringcode.delivery.FailureCause;
import io.ringcode.delivery.account.CarrierAccounts;
import io.ringcode.delivery.carrier.CarrierProvider;
import io.ringcode.delivery.carrier.CredentialCheckResult;
import io.ringcode.delivery.carrier.PhoneMessage;
import io.ringcode.delivery.carrier.ReceiptAddresses;
import io.ringcode.delivery.carrier.SendResult;
import io.ringcode.delivery.carrier.SendResult.Refused;
import io.ringcode.delivery.http.CarrierHttp;
import io.ringcode.delivery.voice.CallScripts;
import io.ringcode.phone.Channel;
import io.ringcode.phone.GsmAlphabet;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** Vonage: SMS by the SMS API or by Messages, as the account says; calls by the Voice API. */
@Component
class VonageProvider extends CarrierProvider<VonageAccount> {
    static final String NAME = VonageAccount.FORM.carrier();
    private static final int LONGEST_CALL = 180;

    private final CarrierHttp http;
    private final ReceiptAddresses addresses;
    private final CallScripts scripts;
    private final ObjectMapper json;
    private final VonageAnswers answers;
    private final Clock clock;

    VonageProvider(
            CarrierAccounts accounts,
            CarrierHttp http,
            ReceiptAddresses addresses,
            CallScripts scripts,
            ObjectMapper json,
            Clock clock) {
        super(VonageAccount.FORM, accounts);
        this.http = http;
        this.addresses = addresses;
        this.scripts = scripts;
        this.json = json;
        this.answers = new VonageAnswers(json, clock);
        this.clock = clock;
    }

    @Override
    public boolean offers(Channel channel) {
        return true;
    }

    @Override
    protected boolean suffices(VonageAccount account, Channel channel) {
        return account.suffices(channel);
    }

    @Override
    protected SendResult send(VonageAccount account, PhoneMessage message) throws IOException {
        if (message.channel() == Channel.SMS && !account.messages())
            return answers.sms(http.post(
                    at("https://rest.nexmo.com", "/sms/json"),
                    CarrierHttp.FORM,
                    Map.of("Accept", CarrierHttp.JSON),
                    CarrierHttp.form(sms(account, message))));
        var authorization = authorization(account);
        if (authorization.isEmpty()) return new Refused("bad_private_key", FailureCause.ACCOUNT);
        var call = message.channel() == Channel.VOICE;
        var answer = http.post(
                at("https://api.nexmo.com", call ? "/v1/calls" : "/v1/messages"),
                CarrierHttp.JSON,
                Map.of("Accept", CarrierHttp.JSON, "Authorization", authorization.get()),
                json.writeValueAsString(call ? call(account, message) : message(account, message)));
        return call ? answers.call(answer) : answers.message(answer);
    }

    /** The balance for key and secret; a call that never was for the application and its key. */
    @Override
    protected CredentialCheckResult check(VonageAccount account) throws IOException {
        var secret = account.apiSecret();
        var application = account.application();
        if (secret == null && application == null)
            return new CredentialCheckResult.Unclear("Vonage cannot be asked about a signature secret");
        if (secret != null) {
            var known = balance(account, secret);
            if (application == null || !(known instanceof CredentialCheckResult.Good)) return known;
        }
        return application == null ? new CredentialCheckResult.Good() : check(account, application);
    }

    private CredentialCheckResult balance(VonageAccount account, String secret) throws IOException {
        var headers = Map.of("Accept", CarrierHttp.JSON, "Authorization", CarrierHttp.basic(account.apiKey(), secret));
        return http.get(at("https://rest.nexmo.com", "/account/get-balance"), headers)
                .verdict("Vonage", "Vonage does not know this API key with this secret: copy both from the dashboard");
    }

    private CredentialCheckResult check(VonageAccount account, VonageAccount.Application application)
            throws IOException {
        var token = VonageTokens.forRequest(application, clock.instant());
        if (token.isEmpty())
            return new CredentialCheckResult.Bad("private_key is no RSA key: paste the whole file that Vonage made");
        var headers = Map.of("Accept", CarrierHttp.JSON, "Authorization", "Bearer " + token.get());
        var answer = http.get(at("https://api.nexmo.com", "/v1/calls/" + UUID.randomUUID()), headers);
        if (answer.status() == 404) return new CredentialCheckResult.Good();
        // An application without the capability to call may be refused here and still send messages.
        return answer.status() == 401 && account.suffices(Channel.VOICE)
                ? new CredentialCheckResult.Bad(
                        "Vonage does not know this application with this private key, or it cannot call:"
                                + " look at the application in the dashboard")
                : answer.isSuccess() ? new CredentialCheckResult.Good() : answer.unclear("Vonage");
    }

    private URI at(String host, String path) {
        return URI.create(http.base(NAME, host) + path);
    }

    /** The application's token where there is one; Messages takes key and secret as well. */
    private Optional<String> authorization(VonageAccount account) {
        var application = account.application();
        if (application != null)
            return VonageTokens.forRequest(application, clock.instant()).map(token -> "Bearer " + token);
        var secret = account.apiSecret();
        return secret == null ? Optional.empty() : Optional.of(CarrierHttp.basic(account.apiKey(), secret));
    }

    private String from(VonageAccount account, PhoneMessage message) {
        return switch (message.channel()) {
            case SMS -> sender(message, "default_from", account.from()).orElse("");
            case VOICE -> sender(message, "voice_from", account.voiceFrom()).orElse("");
        };
    }

    private Map<String, String> sms(VonageAccount account, PhoneMessage message) {
        var form = new LinkedHashMap<String, String>();
        form.put("api_key", account.apiKey());
        form.put("from", from(account, message));
        form.put("to", message.digits());
        form.put("text", message.text());
        form.put("type", GsmAlphabet.holds(message.text()) ? "text" : "unicode");
        form.put("ttl", Long.toString(1000 * message.secondsLeft(clock.instant(), 20, 604_800)));
        form.put("client-ref", message.id().toString());
        addresses.of(message.tenant(), NAME).ifPresent(url -> form.put("callback", url.toString()));
        var secret = account.signatureSecret();
        var method = account.signatureMethod();
        if (secret != null && method != null) {
            form.put("timestamp", Long.toString(clock.instant().getEpochSecond()));
            form.put("sig", method.sign(form, secret));
        } else form.put("api_secret", String.valueOf(account.apiSecret()));
        return form;
    }

    private Map<String, Object> message(VonageAccount account, PhoneMessage message) {
        var sms = new HashMap<String, Object>();
        sms.put("message_type", "text");
        sms.put("channel", "sms");
        sms.put("to", message.digits());
        sms.put("from", from(account, message));
        sms.put("text", message.text());
        sms.put("ttl", message.secondsLeft(clock.instant(), 20, 259_200));
        sms.put("client_ref", message.id());
        sms.put("sms", Map.of("encoding_type", "auto"));
        addresses.of(message.tenant(), NAME).ifPresent(url -> {
            sms.put("webhook_url", url);
            sms.put("webhook_version", "v1");
        });
        return sms;
    }

    private Map<String, Object> call(VonageAccount account, PhoneMessage message) {
        var callback = addresses.of(message.tenant(), NAME);
        var again = callback.map(url -> url + "?" + CallScripts.PARAMETER + "=" + scripts.seal(message, NAME))
                .orElse(null);
        var call = new HashMap<String, Object>();
        call.put("to", List.of(Map.of("type", "phone", "number", message.digits())));
        call.put("from", Map.of("type", "phone", "number", from(account, message)));
        call.put("ncco", Ncco.of(message.text(), message.language(), again));
        call.put("machine_detection", "hangup");
        call.put("length_timer", LONGEST_CALL);
        callback.ifPresent(url -> {
            call.put("event_url", List.of(url));
            call.put("event_method", "POST");
        });
        return call;
    }
}
