package io.ringcode.delivery.mitto;

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
import io.ringcode.phone.Channel;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** Mitto: {@code POST /sms}. A rejection comes with HTTP 200 too: what counts is {@code responseCode}. */
@Component
class MittoProvider extends CarrierProvider<MittoAccount> {
    static final String NAME = MittoAccount.FORM.carrier();

    /** From the block that the British regulator keeps for films and plays. */
    private static final String NOBODY = "+447700900000";

    private static final int BAD_SENDER = 6;

    private final CarrierHttp http;
    private final ReceiptAddresses addresses;
    private final ObjectMapper json;
    private final Clock clock;

    MittoProvider(
            CarrierAccounts accounts, CarrierHttp http, ReceiptAddresses addresses, ObjectMapper json, Clock clock) {
        super(MittoAccount.FORM, accounts);
        this.http = http;
        this.addresses = addresses;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public boolean offers(Channel channel) {
        return channel == Channel.SMS;
    }

    @Override
    protected boolean suffices(MittoAccount account, Channel channel) {
        return true;
    }

    @Override
    protected SendResult send(MittoAccount account, PhoneMessage message) throws IOException {
        var sms = new LinkedHashMap<String, Object>();
        sms.put("from", sender(message, "default_from", account.from()).orElse(""));
        sms.put("to", message.to().e164());
        sms.put("text", message.text());
        sms.put("type", "Auto");
        sms.put("reference", message.id());
        sms.put("validity", Math.ceilDiv(message.secondsLeft(clock.instant(), 60, 172_800), 60));
        addresses.of(message.tenant(), NAME).ifPresent(url -> sms.put("callback", url));
        return read(post(account, sms));
    }

    /** A test message goes through all of Mitto's checks, and to nobody. */
    @Override
    protected CredentialCheckResult check(MittoAccount account) throws IOException {
        var answer = post(account, Map.of("from", account.from(), "to", NOBODY, "text", "Ringcode", "test", true));
        return answer.json(json).path("responseCode").asInt(0) == BAD_SENDER
                ? new CredentialCheckResult.Bad(
                        "Mitto does not take the sender " + account.from() + ": choose another default_from")
                : answer.verdict(
                        "Mitto", "Mitto does not know this API key, or not from this server's address: ask Mitto");
    }

    private CarrierAnswer post(MittoAccount account, Map<String, Object> sms) throws IOException {
        var headers = Map.of("X-Mitto-API-Key", account.apiKey(), "Accept", CarrierHttp.JSON);
        var uri = URI.create(http.base(NAME, account.host()) + "/sms");
        return http.post(uri, CarrierHttp.JSON, headers, json.writeValueAsString(sms));
    }

    private SendResult read(CarrierAnswer answer) {
        var body = answer.json(json);
        var code = body.path("responseCode");
        var told = code.isNumber() ? Integer.toString(code.asInt()) : "http_" + answer.status();
        if (answer.isBusy() || (code.isNumber() && code.asInt() == 1))
            return new Unavailable(told, answer.retryAfter(clock.instant()));
        if (answer.isSuccess() && !code.isNumber()) return new Unknown("no_response_code");
        if (!answer.isSuccess() || code.asInt() != 0)
            return new Refused(told, answer.status() == 401 ? FailureCause.ACCOUNT : fault(code.asInt(0)));
        var id = body.path("id").asString("");
        return id.isEmpty() ? new Unknown("no_id") : new Accepted(id);
    }

    private static FailureCause fault(int code) {
        return switch (code) {
            case 8 -> FailureCause.NUMBER;
            case 2, 3, 4, 5, 7 -> FailureCause.REQUEST;
            default -> FailureCause.VENDOR; // BAD_SENDER too
        };
    }
}
