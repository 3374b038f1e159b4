package io.ringcode.delivery.vonage;

import io.ringcode.delivery.account.CarrierAccounts;
import io.ringcode.delivery.carrier.Receipt;
import io.ringcode.delivery.carrier.Receipt.Price;
import io.ringcode.delivery.carrier.Receipt.State;
import io.ringcode.delivery.carrier.ReceiptCheck;
import io.ringcode.delivery.carrier.ReceiptCheck.Forged;
import io.ringcode.delivery.carrier.ReceiptCheck.Genuine;
import io.ringcode.delivery.carrier.ReceiptCheck.Reply;
import io.ringcode.delivery.carrier.ReceiptCheck.Stale;
import io.ringcode.delivery.carrier.ReceiptCheck.Unreadable;
import io.ringcode.delivery.carrier.ReceiptSource;
import io.ringcode.delivery.carrier.VendorCall;
import io.ringcode.delivery.http.CarrierHttp;
import io.ringcode.delivery.voice.CallScripts;
import io.ringcode.secret.Macs;
import io.ringcode.tenant.TenantId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Vonage's receipts of the SMS API, statuses of Messages, events of calls, and its request during a call to repeat the code. */
@Component
class VonageReceipts implements ReceiptSource {
    private final CarrierAccounts accounts;
    private final CallScripts scripts;
    private final ObjectMapper json;

    VonageReceipts(CarrierAccounts accounts, CallScripts scripts, ObjectMapper json) {
        this.accounts = accounts;
        this.scripts = scripts;
        this.json = json;
    }

    @Override
    public String name() {
        return VonageProvider.NAME;
    }

    @Override
    public ReceiptCheck read(TenantId tenant, VendorCall call) {
        var account = accounts.find(tenant, VonageAccount.FORM).orElse(null);
        if (account == null) return new Forged("no account to check it with");
        var fields = fields(call);
        if (fields.containsKey("messageId")) return ofSms(account, call, fields);
        var secret = account.signatureSecret();
        var proof = secret == null ? Genuine.unsigned(List.of()) : VonageTokens.ofWebhook(account, secret, call, json);
        return proof instanceof Genuine genuine ? read(tenant, call, genuine) : proof;
    }

    private ReceiptCheck read(TenantId tenant, VendorCall call, Genuine proof) {
        var body = call.json(json);
        if (body.has("dtmf")) return again(tenant, call, body.path("dtmf"));
        if (body.has("message_uuid")) return with(proof, message(body));
        return body.has("uuid") ? with(proof, call(body)) : new Unreadable("no id");
    }

    private static ReceiptCheck with(Genuine proof, @Nullable Receipt receipt) {
        var receipts = receipt == null ? List.<Receipt>of() : List.of(receipt);
        return new Genuine(receipts, proof.reply(), proof.signed(), proof.replayId());
    }

    /** A key says it again; none in time ends the call. */
    private ReceiptCheck again(TenantId tenant, VendorCall call, JsonNode dtmf) {
        var digits = dtmf.isObject() ? dtmf.path("digits").asString("") : dtmf.asString("");
        var script =
                scripts.open(tenant, name(), call.query().getOrDefault(CallScripts.PARAMETER, ""), call.receivedAt());
        var ncco = digits.isEmpty()
                ? List.of()
                : script.map(said ->
                                Ncco.of(said.text(), said.language(), call.url().toString()))
                        .orElse(List.of());
        return Genuine.answer(new Reply(200, CarrierHttp.JSON, json.writeValueAsString(ncco)));
    }

    /** The SMS API reports by query, form or JSON, as the account is set; all of them with the same names. */
    private Map<String, String> fields(VendorCall call) {
        var fields = new HashMap<>(call.query());
        var body = call.json(json);
        if (body.isObject())
            body.properties()
                    .forEach(
                            field -> fields.put(field.getKey(), field.getValue().asString("")));
        else fields.putAll(call.form());
        return fields;
    }

    private static ReceiptCheck ofSms(VonageAccount account, VendorCall call, Map<String, String> fields) {
        var secret = account.signatureSecret();
        var method = account.signatureMethod();
        if (secret == null) return Genuine.unsigned(List.of(sms(fields)));
        // Else whoever knows the address could report in this shape on messages and calls, whose own reports are
        // signed.
        if (method == null) return new Forged("unsigned: the account has a signature_secret and no signature_method");
        var told = fields.getOrDefault("sig", "").toLowerCase(Locale.ROOT);
        if (!Macs.same(told, method.sign(fields, secret))) return new Forged("sig does not fit");
        var timestamp = fields.getOrDefault("timestamp", "");
        if (!timestamp.matches("\\d{1,12}")
                || call.isBeyond(VonageTokens.TOLERANCE, Instant.ofEpochSecond(Long.parseLong(timestamp))))
            return new Stale("signed more than 5 minutes away");
        var nonce = fields.get("nonce");
        return Genuine.signed(List.of(sms(fields))).onceOnly(nonce == null ? told : nonce);
    }

    private static Receipt sms(Map<String, String> fields) {
        var error = fields.getOrDefault("err-code", "0");
        var code = error.matches("0*") ? null : error;
        var fault = error.matches("\\d{1,4}") ? VonageCodes.ofReceipt(Integer.parseInt(error)) : null;
        var state = switch (fields.getOrDefault("status", "")) {
            case "delivered" -> State.DELIVERED;
            case "expired", "failed" -> State.UNDELIVERED;
            case "rejected" -> State.FAILED;
            default -> State.SENT;
        };
        return Receipt.of(fields.getOrDefault("messageId", ""), state, code, fault)
                .costing(price(fields.getOrDefault("price", "")));
    }

    private static @Nullable Receipt message(JsonNode body) {
        var id = body.path("message_uuid").asString("");
        var code = VonageAnswers.code(body.path("error"));
        var told = code == 0 ? null : Integer.toString(code);
        var fault = code == 0 || VonageCodes.isMessagesBusy(code) ? null : VonageCodes.ofMessages(code);
        var state = switch (body.path("status").asString("")) {
            case "submitted" -> State.SENT;
            case "delivered" -> State.DELIVERED;
            case "undeliverable" -> State.UNDELIVERED;
            case "rejected" -> State.FAILED;
            default -> null;
        };
        return state == null
                ? null
                : Receipt.of(id, state, told, fault)
                        .costing(price(body.path("usage").path("price").asString("")));
    }

    private static @Nullable Receipt call(JsonNode body) {
        var id = body.path("uuid").asString("");
        var status = body.path("status").asString("");
        var detail = body.path("detail").asString("");
        var price = price(body.path("price").asString(""));
        return switch (status) {
            case "ringing", "answered", "human" -> Receipt.of(id, State.SENT);
            case "completed" -> Receipt.of(id, State.DELIVERED).costing(price);
            case "busy", "timeout", "unanswered", "cancelled", "machine" ->
                Receipt.of(id, State.UNDELIVERED, status, null).costing(price);
            case "failed", "rejected" ->
                Receipt.of(id, State.UNDELIVERED, detail.isEmpty() ? status : detail, VonageCodes.ofCall(detail))
                        .costing(price);
            default -> null;
        };
    }

    /** Vonage counts in euros. */
    private static @Nullable Price price(String amount) {
        return amount.matches("\\d{1,6}(\\.\\d{1,10})?") ? new Price(new BigDecimal(amount), "EUR") : null;
    }
}
