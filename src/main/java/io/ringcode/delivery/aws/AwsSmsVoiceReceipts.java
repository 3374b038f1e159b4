package io.ringcode.delivery.aws;

import io.ringcode.delivery.FailureCause;
import io.ringcode.delivery.account.CarrierAccounts;
import io.ringcode.delivery.carrier.Receipt;
import io.ringcode.delivery.carrier.Receipt.State;
import io.ringcode.delivery.carrier.ReceiptCheck;
import io.ringcode.delivery.carrier.ReceiptCheck.Forged;
import io.ringcode.delivery.carrier.ReceiptCheck.Genuine;
import io.ringcode.delivery.carrier.ReceiptCheck.Stale;
import io.ringcode.delivery.carrier.ReceiptSource;
import io.ringcode.delivery.carrier.VendorCall;
import io.ringcode.delivery.http.CarrierHttp;
import io.ringcode.tenant.TenantId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.MissingNode;

/** Events of AWS End User Messaging, as an SNS topic brings them. The topic's subscription is confirmed when it asks. */
@Component
class AwsSmsVoiceReceipts implements ReceiptSource {
    /** SNS repeats a message with its first time, usually for less than half an hour. */
    private static final Duration TOLERANCE = Duration.ofHours(1);

    private final CarrierAccounts accounts;
    private final SnsSignature signature;
    private final CarrierHttp http;
    private final ObjectMapper json;

    AwsSmsVoiceReceipts(CarrierAccounts accounts, SnsSignature signature, CarrierHttp http, ObjectMapper json) {
        this.accounts = accounts;
        this.signature = signature;
        this.http = http;
        this.json = json;
    }

    @Override
    public String name() {
        return AwsSmsVoiceProvider.NAME;
    }

    @Override
    public Addressing addressing() {
        return Addressing.IN_THE_CARRIERS_CONSOLE;
    }

    @Override
    public ReceiptCheck read(TenantId tenant, VendorCall call) throws IOException {
        var topic = accounts.find(tenant, AwsSmsVoiceAccount.FORM)
                .map(AwsSmsVoiceAccount::topic)
                .orElse(null);
        var message = call.json(json);
        if (topic == null || !topic.equals(message.path("TopicArn").asString("")))
            return new Forged("not of the account's topic");
        if (!signature.fits(message, topic, call.receivedAt())) return new Forged("its signature does not fit");
        var at = instant(message.path("Timestamp").asString(""));
        if (at == null || call.isBeyond(TOLERANCE, at)) return new Stale("signed more than an hour away");
        return switch (message.path("Type").asString("")) {
            case "Notification" ->
                event(message.path("Message").asString(""))
                        .onceOnly(message.path("MessageId").asString(""));
            case "SubscriptionConfirmation" -> confirm(message, topic);
            default -> Genuine.signed(List.of());
        };
    }

    private ReceiptCheck confirm(JsonNode message, String topic) throws IOException {
        var address = SnsSignature.address(message.path("SubscribeURL").asString(""), topic);
        if (address == null) return new Forged("confirmation somewhere else");
        var answer = http.get(signature.at(address), Map.of());
        if (!answer.isSuccess()) throw new IOException("Not confirmed: " + answer.status());
        return Genuine.signed(List.of());
    }

    private Genuine event(String text) {
        var event = json(text);
        var id = event.path("messageId").asString("");
        var type = event.path("eventType").asString("");
        var state = state(type);
        if (id.isEmpty() || state == null) return Genuine.signed(List.of());
        if (state == State.SENT && event.path("isFinal").asBoolean(false)) state = State.SENT_FINAL;
        var good = state == State.DELIVERED || state == State.SENT || state == State.SENT_FINAL;
        return Genuine.signed(List.of(Receipt.of(id, state, good ? null : type, fault(type))));
    }

    private static @Nullable State state(String type) {
        return switch (type) {
            case "TEXT_DELIVERED", "VOICE_COMPLETED" -> State.DELIVERED;
            case "TEXT_PENDING", "TEXT_SUCCESSFUL", "VOICE_RINGING", "VOICE_ANSWERED" -> State.SENT;
            case "TEXT_UNREACHABLE",
                    "TEXT_CARRIER_UNREACHABLE",
                    "TEXT_CARRIER_BLOCKED",
                    "TEXT_SPAM",
                    "TEXT_TTL_EXPIRED" -> State.UNDELIVERED;
            case "VOICE_BUSY", "VOICE_NO_ANSWER", "VOICE_TTL_EXPIRED" -> State.UNDELIVERED;
            case "TEXT_INVALID", "TEXT_INVALID_MESSAGE", "TEXT_BLOCKED", "TEXT_PROTECT_BLOCKED", "VOICE_FAILED" ->
                State.FAILED;
            default -> null; // queued, initiated, unknown
        };
    }

    private static @Nullable FailureCause fault(String type) {
        return switch (type) {
            case "TEXT_INVALID" -> FailureCause.NUMBER;
            case "TEXT_INVALID_MESSAGE" -> FailureCause.REQUEST;
            case "TEXT_BLOCKED", "TEXT_CARRIER_BLOCKED", "TEXT_SPAM", "TEXT_PROTECT_BLOCKED" -> FailureCause.VENDOR;
            default -> null;
        };
    }

    private JsonNode json(String text) {
        try {
            return json.readTree(text);
        } catch (JacksonException garbage) {
            return MissingNode.getInstance();
        }
    }

    private static @Nullable Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException none) {
            return null;
        }
    }
}
