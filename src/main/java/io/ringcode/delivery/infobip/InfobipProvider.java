package io.ringcode.delivery.infobip;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Infobip: SMS by {@code /sms/3/messages}, calls by {@code /tts/3/advanced}. An answer of 200 may still be a refusal. */
@Component
class InfobipProvider extends CarrierProvider<InfobipAccount> {
    static final String NAME = InfobipAccount.FORM.carrier();
    private static final int LONGEST_SPEECH = 1400;
    /** Those whose short codes are sure; in every other language the code is said in English. */
    private static final Voices VOICES = Voices.of(Map.ofEntries(
            Map.entry("en-US", "en"),
            Map.entry("de-DE", "de"),
            Map.entry("fr-FR", "fr"),
            Map.entry("es-ES", "es"),
            Map.entry("it-IT", "it"),
            Map.entry("nl-NL", "nl"),
            Map.entry("pl-PL", "pl"),
            Map.entry("pt-BR", "pt-br"),
            Map.entry("pt-PT", "pt-pt"),
            Map.entry("ru-RU", "ru"),
            Map.entry("tr-TR", "tr"),
            Map.entry("da-DK", "da"),
            Map.entry("sv-SE", "sv"),
            Map.entry("ro-RO", "ro"),
            Map.entry("ja-JP", "ja")));
    /** Each comma is half a second of silence. */
    private static final SpeechMarkup COMMAS = () -> ", , ";

    private final CarrierHttp http;
    private final ReceiptAddresses addresses;
    private final ObjectMapper json;
    private final Clock clock;

    InfobipProvider(
            CarrierAccounts accounts, CarrierHttp http, ReceiptAddresses addresses, ObjectMapper json, Clock clock) {
        super(InfobipAccount.FORM, accounts);
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
    protected boolean suffices(InfobipAccount account, Channel channel) {
        return account.suffices(channel);
    }

    @Override
    protected SendResult send(InfobipAccount account, PhoneMessage message) throws IOException {
        var path = switch (message.channel()) {
            case SMS -> "/sms/3/messages";
            case VOICE -> "/tts/3/advanced";
        };
        var body = switch (message.channel()) {
            case SMS -> sms(account, message);
            case VOICE -> call(account, message);
        };
        return read(message, post(account, path, Map.of("messages", List.of(body))));
    }

    /** A preview is counted and cut, and not sent; a key needs the same scope for it as for a message. */
    @Override
    protected CredentialCheckResult check(InfobipAccount account) throws IOException {
        var answer = post(account, "/sms/1/preview", Map.of("text", "Ringcode"));
        var known = answer.verdict(
                "Infobip", "Infobip does not know this API key at this host: copy both from the same account");
        if (answer.status() != 403) return known;
        return account.suffices(Channel.SMS)
                ? new CredentialCheckResult.Bad("this API key may not send SMS: give it the scope sms:message:send")
                : new CredentialCheckResult.Unclear(
                        "this API key may not send SMS; whether it may call shows with the first call");
    }

    private CarrierAnswer post(InfobipAccount account, String path, Map<String, Object> body) throws IOException {
        var headers = Map.of("Authorization", "App " + account.apiKey(), "Accept", CarrierHttp.JSON);
        var uri = URI.create(http.base(NAME, "https://" + account.host()) + path);
        return http.post(uri, CarrierHttp.JSON, headers, json.writeValueAsString(body));
    }

    private Map<String, Object> sms(InfobipAccount account, PhoneMessage message) {
        var sms = new LinkedHashMap<String, Object>();
        sender(message, "default_from", account.from()).ifPresent(from -> sms.put("sender", from));
        sms.put("destinations", List.of(destination(message)));
        sms.put("content", Map.of("text", message.text()));
        var seconds = message.secondsLeft(clock.instant(), 60, 172_800);
        sms.put("options", Map.of("validityPeriod", Map.of("amount", seconds, "timeUnit", "SECONDS")));
        addresses
                .of(message.tenant(), NAME)
                .ifPresent(url ->
                        sms.put("webhooks", Map.of("delivery", Map.of("url", url), "contentType", CarrierHttp.JSON)));
        return sms;
    }

    private Map<String, Object> call(InfobipAccount account, PhoneMessage message) {
        var said = VOICES.chooseWithHint(message.text(), message.language());
        var call = new LinkedHashMap<String, Object>();
        sender(message, "voice_from", account.voiceFrom()).ifPresent(from -> call.put("from", from));
        call.put("destinations", List.of(destination(message)));
        call.put("text", said.speech().twice(COMMAS, LONGEST_SPEECH));
        call.put("language", said.voice());
        call.put("speechRate", 0.8);
        call.put("pause", 1);
        call.put("repeatDtmf", "1");
        call.put("machineDetection", "hangup");
        call.put("validityPeriod", Math.ceilDiv(message.secondsLeft(clock.instant(), 60, 3600), 60));
        addresses.of(message.tenant(), NAME).ifPresent(url -> {
            call.put("notifyUrl", url);
            call.put("notifyContentType", CarrierHttp.JSON);
        });
        return call;
    }

    /** Our own id, which Infobip takes once only: what was sent twice arrives once. */
    private static Map<String, Object> destination(PhoneMessage message) {
        return Map.of("to", message.digits(), "messageId", message.id());
    }

    private SendResult read(PhoneMessage message, CarrierAnswer answer) {
        var body = answer.json(json);
        if (!answer.isSuccess()) return refused(answer, body);
        var taken = body.path("messages").path(0);
        var id = taken.path("messageId").asString("");
        var status = taken.path("status");
        if (!status.path("groupId").isNumber()) return new Unknown("no_status");
        var code = status.path("id").asInt(0);
        if (code == InfobipCodes.ALREADY_TAKEN) return new Accepted(message.id().toString());
        return switch (status.path("groupId").asInt()) {
            case InfobipCodes.ACCEPTED, InfobipCodes.PENDING, InfobipCodes.DELIVERED ->
                id.isEmpty() ? new Unknown("no_id") : new Accepted(id);
            default ->
                InfobipCodes.isBusy(code)
                        ? new Unavailable(Integer.toString(code), null)
                        : new Refused(Integer.toString(code), InfobipCodes.ofStatus(code));
        };
    }

    private SendResult refused(CarrierAnswer answer, JsonNode body) {
        var code = body.path("errorCode")
                .asString(body.path("requestError")
                        .path("serviceException")
                        .path("messageId")
                        .asString(""));
        var told = code.isEmpty() ? "http_" + answer.status() : code;
        if (answer.isBusy()) return new Unavailable(told, answer.retryAfter(clock.instant()));
        return new Refused(
                told,
                switch (answer.status()) {
                    case 401, 403 -> FailureCause.ACCOUNT;
                    case 400 -> FailureCause.REQUEST;
                    default -> FailureCause.VENDOR;
                });
    }
}
