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
import io.ringcode.delivery.voice.Ssml;
import io.ringcode.delivery.voice.Voices;
import io.ringcode.phone.Channel;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** AWS End User Messaging: one JSON 1.0 operation for SMS, another for calls. The voice decides the language. */
@Component
class AwsSmsVoiceProvider extends CarrierProvider<AwsSmsVoiceAccount> {
    static final String NAME = AwsSmsVoiceAccount.FORM.carrier();
    private static final String JSON_1_0 = "application/x-amz-json-1.0";
    private static final String SERVICE = "sms-voice";
    private static final int LONGEST_SSML = 6000;
    /** Amazon Polly's, whose names these are. */
    private static final Voices VOICES = Voices.of(Map.ofEntries(
            Map.entry("en-US", "JOANNA"),
            Map.entry("en-GB", "AMY"),
            Map.entry("en-AU", "NICOLE"),
            Map.entry("en-IN", "RAVEENA"),
            Map.entry("de-DE", "VICKI"),
            Map.entry("fr-FR", "LEA"),
            Map.entry("fr-CA", "CHANTAL"),
            Map.entry("es-ES", "LUCIA"),
            Map.entry("es-MX", "MIA"),
            Map.entry("it-IT", "BIANCA"),
            Map.entry("nl-NL", "LOTTE"),
            Map.entry("pt-BR", "CAMILA"),
            Map.entry("pt-PT", "INES"),
            Map.entry("pl-PL", "EWA"),
            Map.entry("sv-SE", "ASTRID"),
            Map.entry("da-DK", "NAJA"),
            Map.entry("nb-NO", "LIV"),
            Map.entry("ru-RU", "TATYANA"),
            Map.entry("tr-TR", "FILIZ"),
            Map.entry("ro-RO", "CARMEN"),
            Map.entry("ja-JP", "MIZUKI"),
            Map.entry("ko-KR", "SEOYEON"),
            Map.entry("zh-CN", "ZHIYU"),
            Map.entry("ar", "ZEINA")));

    private final CarrierHttp http;
    private final ObjectMapper json;
    private final Clock clock;

    AwsSmsVoiceProvider(CarrierAccounts accounts, CarrierHttp http, ObjectMapper json, Clock clock) {
        super(AwsSmsVoiceAccount.FORM, accounts);
        this.http = http;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public boolean offers(Channel channel) {
        return true;
    }

    @Override
    protected boolean suffices(AwsSmsVoiceAccount account, Channel channel) {
        return account.suffices(channel);
    }

    @Override
    protected SendResult send(AwsSmsVoiceAccount account, PhoneMessage message) throws IOException {
        var operation = message.channel() == Channel.SMS ? "SendTextMessage" : "SendVoiceMessage";
        return read(post(account, operation, body(account, message)));
    }

    /** Reads whether the account is in the sandbox. */
    @Override
    protected CredentialCheckResult check(AwsSmsVoiceAccount account) throws IOException {
        var answer = post(account, "DescribeAccountAttributes", Map.of());
        return AwsCodes.verdict(answer, code(answer.json(json)), "sms-voice:DescribeAccountAttributes");
    }

    private CarrierAnswer post(AwsSmsVoiceAccount account, String operation, Map<String, Object> members)
            throws IOException {
        var uri = URI.create(http.base(NAME, "https://" + account.keys().host(SERVICE)) + "/");
        var body = json.writeValueAsString(members);
        var named = Map.of("Content-Type", JSON_1_0, "X-Amz-Target", "PinpointSMSVoiceV2." + operation);
        var headers = AwsSigner.headers(account.keys(), SERVICE, uri, named, body, clock);
        headers.remove("Content-Type");
        return http.post(uri, JSON_1_0, headers, body);
    }

    private Map<String, Object> body(AwsSmsVoiceAccount account, PhoneMessage message) {
        var body = new LinkedHashMap<String, Object>();
        body.put("DestinationPhoneNumber", message.to().e164());
        switch (message.channel()) {
            case SMS -> {
                body.put(
                        "OriginationIdentity",
                        sender(message, "default_from", account.from()).orElse(""));
                body.put("MessageBody", message.text());
                body.put("MessageType", "TRANSACTIONAL");
            }
            case VOICE -> {
                var said = VOICES.choose(message.text(), message.language());
                var limit = LONGEST_SSML - Ssml.document("").length();
                body.put(
                        "OriginationIdentity",
                        sender(message, "voice_from", account.voiceFrom()).orElse(""));
                body.put("MessageBody", Ssml.document(said.speech().twice(new Ssml(), limit)));
                body.put("MessageBodyTextType", "SSML");
                body.put("VoiceId", said.voice());
            }
        }
        body.put("TimeToLive", message.secondsLeft(clock.instant(), 5, 259_200));
        if (account.configurationSet() != null) body.put("ConfigurationSetName", account.configurationSet());
        return body;
    }

    private SendResult read(CarrierAnswer answer) {
        var body = answer.json(json);
        if (answer.isSuccess()) {
            var id = body.path("MessageId").asString("");
            return id.isEmpty() ? new Unknown("no_id") : new Accepted(id);
        }
        var code = code(body);
        var reason = body.path("Reason").asString("");
        var told = code.isEmpty() ? "http_" + answer.status() : reason.isEmpty() ? code : reason;
        if (answer.isBusy() || AwsCodes.isBusy(code)) return new Unavailable(told, answer.retryAfter(clock.instant()));
        return new Refused(told, AwsCodes.fault(code, reason, namesNumber(body)));
    }

    private static String code(JsonNode error) {
        var type = error.path("__type").asString("");
        return type.substring(type.lastIndexOf('#') + 1);
    }

    private static boolean namesNumber(JsonNode body) {
        for (var field : body.path("Fields"))
            if (field.path("Name").asString("").equals("DestinationPhoneNumber")) return true;
        return false;
    }
}
