package io.ringcode.delivery.twilio;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringcode.delivery.CarrierAccounts;
import io.ringcode.delivery.Fault;
import io.ringcode.delivery.Reading;
import io.ringcode.delivery.Reading.Forged;
import io.ringcode.delivery.Reading.Genuine;
import io.ringcode.delivery.Reading.Unreadable;
import io.ringcode.delivery.Receipt;
import io.ringcode.delivery.Receipt.State;
import io.ringcode.delivery.ReceiptSource;
import io.ringcode.delivery.VendorCall;
import io.ringcode.tenant.TenantId;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Twilio's status callbacks: forms, signed with the account's token over address and fields ({@code X-Twilio-Signature}).
 * The signature knows no time, so an old callback stays genuine; it says nothing new.
 */
@Component
class TwilioReceipts implements ReceiptSource {
    private final CarrierAccounts accounts;

    TwilioReceipts(CarrierAccounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public String name() {
        return TwilioAccount.FORM.carrier();
    }

    @Override
    public Reading read(TenantId tenant, VendorCall call) {
        var account = accounts.find(tenant, TwilioAccount.FORM).orElse(null);
        if (account == null) return new Forged("there is no account to check it with");
        var fields = call.form();
        if (!isSigned(call.url(), fields, account.authToken(), call.header("x-twilio-signature")))
            return new Forged("the signature does not fit");
        if (!fields.getOrDefault("AccountSid", "").equals(account.sid()))
            return new Forged("it is about another account");
        var message = fields.getOrDefault("MessageSid", "");
        var id = message.isEmpty() ? fields.getOrDefault("CallSid", "") : message;
        var receipt = id.isEmpty() ? null : receipt(id, fields);
        return receipt == null ? new Unreadable("no status of a message or call") : Genuine.signed(receipt);
    }

    /** @return one receipt, or none for a status that is no news; null where it is not understood */
    private static @Nullable List<Receipt> receipt(String id, Map<String, String> fields) {
        var code = fields.getOrDefault("ErrorCode", "");
        var fault = code.matches("\\d{1,6}") ? TwilioCodes.faultOfReceipt(Integer.parseInt(code)) : null;
        var word = code.isEmpty() ? null : code;
        var sms = fields.get("MessageStatus");
        if (sms != null)
            return switch (sms) {
                case "accepted", "scheduled", "queued", "sending" -> List.of();
                case "sent" -> List.of(Receipt.of(id, State.SENT));
                case "delivered", "read" -> List.of(Receipt.of(id, State.DELIVERED));
                case "undelivered" -> List.of(Receipt.of(id, State.UNDELIVERED, word, fault));
                case "failed", "canceled" -> List.of(Receipt.of(id, State.FAILED, word == null ? sms : word, fault));
                default -> null;
            };
        var call = fields.get("CallStatus");
        if (call == null) return null;
        return switch (call) {
            case "queued", "initiated" -> List.of();
            case "ringing", "in-progress" -> List.of(Receipt.of(id, State.SENT));
            case "completed" -> List.of(Receipt.of(id, State.DELIVERED));
            case "busy", "no-answer" -> List.of(Receipt.of(id, State.UNDELIVERED, call, null));
            case "failed" -> List.of(Receipt.of(id, State.UNDELIVERED, call, Fault.NUMBER));
            case "canceled" -> List.of(Receipt.of(id, State.FAILED, call, null));
            default -> null;
        };
    }

    /** They sign the address with or without its default port, and do not say which. */
    static boolean isSigned(URI url, Map<String, String> fields, String token, String signature) {
        var text = url.toString();
        var host = url.getHost() == null ? "" : url.getHost();
        var without = text.replaceFirst("^(https?://[^/:?]+):\\d+", "$1");
        var with = url.getPort() >= 0 || host.isEmpty()
                ? text
                : text.replaceFirst("^(https?://[^/:?]+)", "$1:" + ("http".equals(url.getScheme()) ? 80 : 443));
        return Stream.of(text, without, with)
                .distinct()
                .anyMatch(address -> MessageDigest.isEqual(
                        signature(address, fields, token).getBytes(UTF_8), signature.getBytes(UTF_8)));
    }

    private static String signature(String address, Map<String, String> fields, String token) {
        var signed = new StringBuilder(address);
        new TreeMap<>(fields).forEach((name, value) -> signed.append(name).append(value));
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(token.getBytes(UTF_8), "HmacSHA1"));
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(signed.toString().getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("This Java has no HmacSHA1", impossible);
        }
    }
}
