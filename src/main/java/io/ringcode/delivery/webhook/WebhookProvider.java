package io.ringcode.delivery.webhook;

import io.ringcode.delivery.DeliverySettings;
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
import io.ringcode.delivery.http.CarrierAnswer;
import io.ringcode.delivery.http.CarrierHttp;
import io.ringcode.delivery.voice.Speech;
import io.ringcode.delivery.voice.SpeechMarkup;
import io.ringcode.network.Dialer;
import io.ringcode.network.GuardedHttp;
import io.ringcode.network.StandardWebhook;
import io.ringcode.phone.Channel;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * A webhook as a carrier: posts each message to a customer's endpoint. Any 2xx means that it was taken, as the Standard Webhooks specification has it;
 * 410 that the endpoint is gone. A body is not needed: {@code id} in it is the receiver's own id of the message, and
 * {@code error} with {@code fault} a refusal in words that the ledger shows.
 */
@Component
class WebhookProvider extends CarrierProvider<WebhookAccount> {
    static final String NAME = WebhookAccount.FORM.carrier();
    private static final int LONGEST_SPEECH = 4000;
    private static final int LARGEST_ANSWER = 64 * 1024;
    private static final SpeechMarkup COMMAS = () -> ", ";

    private final CarrierHttp http;
    private final GuardedHttp guarded;
    private final GuardedHttp.Limits limits;
    private final ReceiptAddresses addresses;
    private final ObjectMapper json;
    private final Clock clock;

    WebhookProvider(
            CarrierAccounts accounts,
            CarrierHttp http,
            GuardedHttp guarded,
            DeliverySettings settings,
            ReceiptAddresses addresses,
            ObjectMapper json,
            Clock clock) {
        super(WebhookAccount.FORM, accounts);
        this.http = http;
        this.guarded = guarded;
        this.limits = new GuardedHttp.Limits(settings.carrierTimeout(), LARGEST_ANSWER);
        this.addresses = addresses;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public boolean offers(Channel channel) {
        return true;
    }

    @Override
    protected boolean suffices(WebhookAccount account, Channel channel) {
        return true;
    }

    @Override
    protected SendResult send(WebhookAccount account, PhoneMessage message) throws IOException {
        var url = URI.create(account.url());
        var body = json.writeValueAsString(Map.of(
                "type", "phone.message.send", "timestamp", clock.instant().toString(), "data", data(message)));
        var id = "msg_" + message.id();
        try {
            return read(message, post(url, StandardWebhook.headers(account.secret(), id, clock.instant(), body), body));
        } catch (Dialer.Refused refused) {
            if (refused.code().equals(Dialer.NOT_ALLOWED))
                return new Refused("address_not_allowed", FailureCause.ACCOUNT, refused.sentence());
            throw refused;
        }
    }

    /** An administrator's address is checked as it is connected to; the operator's in its stead is the operator's to know. */
    private CarrierAnswer post(URI url, Map<String, String> headers, String body) throws IOException {
        var own = "https://" + url.getRawAuthority();
        var base = http.base(NAME, own);
        if (!base.equals(own)) {
            var path = url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
            return http.post(URI.create(base + path), CarrierHttp.JSON, headers, body);
        }
        var all = new LinkedHashMap<>(headers);
        all.put("Content-Type", CarrierHttp.JSON);
        var answer = guarded.post(url, all, body, limits);
        var retryAfter = answer.headers().firstValue("Retry-After").orElse(null);
        return new CarrierAnswer(answer.status(), retryAfter, answer.body());
    }

    /** An endpoint has no question to answer but messages; where it may not be is known all the same. */
    @Override
    protected CredentialCheckResult check(WebhookAccount account) {
        if (guarded.refuses(URI.create(account.url())))
            return new CredentialCheckResult.Bad(
                    "the address is not public: name another, or let the operator permit it with RINGCODE_REACHABLE");
        return new CredentialCheckResult.Good();
    }

    private Map<String, Object> data(PhoneMessage message) {
        var data = new LinkedHashMap<String, Object>();
        data.put("message_id", message.id());
        data.put("to", message.to().e164());
        data.put("channel", message.channel().wire());
        data.put(
                "text",
                switch (message.channel()) {
                    case SMS -> message.text();
                    case VOICE -> Speech.of(message.text()).twice(COMMAS, LONGEST_SPEECH);
                });
        data.put("language", message.language().toLanguageTag());
        data.put("expires_at", message.expiresAt().toString());
        if (message.from() != null) data.put("from", message.from());
        addresses.of(message.tenant(), NAME).ifPresent(url -> data.put("receipt_url", url));
        return data;
    }

    private SendResult read(PhoneMessage message, CarrierAnswer answer) {
        var body = answer.json(json);
        var error = body.path("error").asString("");
        var told = error.matches("[A-Za-z0-9_.-]{1,64}") ? error : "http_" + answer.status();
        if (answer.isBusy()) return new Unavailable(told, answer.retryAfter(clock.instant()));
        if (!answer.isSuccess() || !error.isEmpty()) return new Refused(told, fault(answer, body));
        var id = body.path("id").asString("");
        return new Accepted(id.matches("[!-~]{1,200}") ? id : message.id().toString());
    }

    private static FailureCause fault(CarrierAnswer answer, JsonNode body) {
        return switch (body.path("fault").asString("").toLowerCase(Locale.ROOT)) {
            case "number" -> FailureCause.NUMBER;
            case "opt_out" -> FailureCause.OPT_OUT;
            case "account" -> FailureCause.ACCOUNT;
            case "request" -> FailureCause.REQUEST;
            default ->
                answer.status() == 401 || answer.status() == 403 || answer.status() == 410
                        ? FailureCause.ACCOUNT
                        : FailureCause.VENDOR;
        };
    }
}
