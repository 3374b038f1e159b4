package io.ringcode.delivery.telesign;

import static java.time.ZoneOffset.UTC;
import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;

import io.ringcode.delivery.CarrierAccounts;
import io.ringcode.delivery.CarrierProvider;
import io.ringcode.delivery.Fault;
import io.ringcode.delivery.PhoneMessage;
import io.ringcode.delivery.ReceiptAddresses;
import io.ringcode.delivery.SendResult;
import io.ringcode.delivery.SendResult.Accepted;
import io.ringcode.delivery.SendResult.Refused;
import io.ringcode.delivery.SendResult.Unavailable;
import io.ringcode.delivery.http.CarrierAnswer;
import io.ringcode.delivery.http.CarrierHttp;
import io.ringcode.delivery.voice.Markup;
import io.ringcode.delivery.voice.Voices;
import io.ringcode.phone.Channel;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** One signed form per message. TeleSign asks to decide by {@code status.code}, whatever the HTTP status says. */
@Component
class TelesignProvider extends CarrierProvider<TelesignAccount> {
    static final String NAME = TelesignAccount.FORM.carrier();
    private static final String FORM_TYPE = "application/x-www-form-urlencoded";
    private static final int LONGEST_SPEECH = 1600;
    private static final Voices VOICES =
            Voices.of(Arrays.stream(("en-US en-GB en-AU en-CA en-IN de-DE fr-FR fr-CA es-ES"
                                    + " es-MX it-IT nl-NL pt-BR pt-PT pl-PL sv-SE da-DK nb-NO fi-FI ru-RU ca-ES ja-JP ko-KR"
                                    + " zh-CN zh-TW zh-HK")
                            .split(" ", -1))
                    .collect(Collectors.toMap(tag -> tag, tag -> "f-" + tag)));
    private static final Markup COMMAS = () -> ", , ";

    private final CarrierHttp http;
    private final ReceiptAddresses addresses;
    private final ObjectMapper json;
    private final Clock clock;

    TelesignProvider(
            CarrierAccounts accounts, CarrierHttp http, ReceiptAddresses addresses, ObjectMapper json, Clock clock) {
        super(TelesignAccount.FORM, accounts);
        this.http = http;
        this.addresses = addresses;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public boolean offers(Channel channel) {
        return true;
    }

    @Override
    protected boolean suffices(TelesignAccount account, Channel channel) {
        return true;
    }

    @Override
    protected SendResult send(TelesignAccount account, PhoneMessage message) throws IOException {
        var path = message.channel() == Channel.SMS ? "/v1/messaging" : "/v1/voice";
        var body = CarrierHttp.form(form(account, message));
        var date = RFC_1123_DATE_TIME.format(clock.instant().atZone(UTC));
        var nonce = UUID.randomUUID().toString();
        var headers = Map.of(
                "Accept",
                CarrierHttp.JSON,
                "Date",
                date,
                "x-ts-auth-method",
                TelesignSignature.METHOD,
                "x-ts-nonce",
                nonce,
                "Authorization",
                TelesignSignature.ofRequest(account, "POST", FORM_TYPE, date, nonce, body, path));
        var uri = URI.create(http.base(NAME, account.host()) + path);
        return read(http.post(uri, FORM_TYPE, headers, body));
    }

    private Map<String, String> form(TelesignAccount account, PhoneMessage message) {
        var form = new LinkedHashMap<String, String>();
        form.put("phone_number", message.digits());
        form.put("message_type", "OTP");
        form.put("account_lifecycle_event", "sign-in");
        form.put("external_id", message.id().toString());
        addresses.of(message.tenant(), NAME).ifPresent(url -> form.put("callback_url", url.toString()));
        switch (message.channel()) {
            case SMS -> {
                form.put("message", message.text());
                if (account.from() != null) form.put("sender_id", account.from());
            }
            case VOICE -> {
                var said = VOICES.chooseWithHint(message.text(), message.language());
                form.put("message", said.speech().twice(COMMAS, LONGEST_SPEECH));
                form.put("voice", said.voice());
                form.put("repeat_digit", "1");
                if (account.voiceFrom() != null) form.put("caller_id", account.voiceFrom());
            }
        }
        return form;
    }

    private SendResult read(CarrierAnswer answer) {
        var body = answer.json(json);
        var code = body.path("status").path("code").asInt(0);
        var told = code == 0 ? "http_" + answer.status() : Integer.toString(code);
        if (answer.isBusy() || TelesignCodes.isBusy(code))
            return new Unavailable(told, answer.retryAfter(clock.instant()));
        if (!answer.isSuccess())
            return new Refused(told, answer.status() == 401 ? Fault.ACCOUNT : TelesignCodes.fault(code));
        if (code == 0) return new Unavailable("no_status", null);
        if (!TelesignCodes.isOnItsWay(code)) return new Refused(told, TelesignCodes.fault(code));
        var id = body.path("reference_id").asString("");
        return id.isEmpty() ? new Unavailable("no_reference_id", null) : new Accepted(id);
    }
}
