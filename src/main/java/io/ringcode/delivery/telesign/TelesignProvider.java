package io.ringcode.delivery.telesign;

import static java.time.ZoneOffset.UTC;

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
import io.ringcode.delivery.voice.SpeechMarkup;
import io.ringcode.delivery.voice.Voices;
import io.ringcode.phone.Channel;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** TeleSign: one signed form per message. TeleSign asks to decide by {@code status.code}, whatever the HTTP status says. */
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
    /** RFC 9110 section 5.6.7: unlike the JDK's RFC 1123, the day has two digits. */
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ROOT);

    private static final SpeechMarkup COMMAS = () -> ", , ";

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
        return read(http.post(at(account, path), FORM_TYPE, headers(account, "POST", FORM_TYPE, body, path), body));
    }

    /** Asks what became of a message that never was. */
    @Override
    protected CredentialCheckResult check(TelesignAccount account) throws IOException {
        var path =
                "/v1/messaging/" + UUID.randomUUID().toString().replace("-", "").toUpperCase(Locale.ROOT);
        var answer = http.get(at(account, path), headers(account, "GET", "", "", path));
        var code = answer.json(json).path("status").path("code").asInt(0);
        if (TelesignCodes.isUntimely(code))
            return new CredentialCheckResult.Unclear(
                    "TeleSign refused the time of the request (" + code + "): is the clock of this server right?");
        return answer.status() == 404
                ? new CredentialCheckResult.Good()
                : answer.verdict(
                        "TeleSign",
                        "TeleSign does not know this customer id with this API key, or not on this plan: copy both from"
                                + " its portal");
    }

    private Map<String, String> headers(
            TelesignAccount account, String method, String contentType, String body, String path) {
        var date = HTTP_DATE.format(clock.instant().atZone(UTC));
        var nonce = UUID.randomUUID().toString();
        var authorization = TelesignSignature.ofRequest(account, method, contentType, date, nonce, body, path);
        return Map.of(
                "Accept", CarrierHttp.JSON,
                "Date", date,
                "x-ts-auth-method", TelesignSignature.METHOD,
                "x-ts-nonce", nonce,
                "Authorization", authorization);
    }

    private URI at(TelesignAccount account, String path) {
        return URI.create(http.base(NAME, account.host()) + path);
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
                sender(message, "default_from", account.from()).ifPresent(from -> form.put("sender_id", from));
            }
            case VOICE -> {
                var said = VOICES.chooseWithHint(message.text(), message.language());
                form.put("message", said.speech().twice(COMMAS, LONGEST_SPEECH));
                form.put("voice", said.voice());
                form.put("repeat_digit", "1");
                sender(message, "voice_from", account.voiceFrom()).ifPresent(from -> form.put("caller_id", from));
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
            return new Refused(told, answer.status() == 401 ? FailureCause.ACCOUNT : TelesignCodes.fault(code));
        if (code == 0) return new Unknown("no_status");
        if (!TelesignCodes.isOnItsWay(code)) return new Refused(told, TelesignCodes.fault(code));
        var id = body.path("reference_id").asString("");
        return id.isEmpty() ? new Unknown("no_reference_id") : new Accepted(id);
    }
}
