package io.ringcode.delivery.twilio;

import io.ringcode.delivery.FailureCause;
import io.ringcode.delivery.account.CarrierAccounts;
import io.ringcode.delivery.carrier.Receipt;
import io.ringcode.delivery.carrier.Receipt.State;
import io.ringcode.delivery.carrier.ReceiptCheck;
import io.ringcode.delivery.carrier.ReceiptCheck.Forged;
import io.ringcode.delivery.carrier.ReceiptCheck.Genuine;
import io.ringcode.delivery.carrier.ReceiptCheck.Reply;
import io.ringcode.delivery.carrier.ReceiptCheck.Unreadable;
import io.ringcode.delivery.carrier.ReceiptSource;
import io.ringcode.delivery.carrier.VendorCall;
import io.ringcode.delivery.voice.CallScripts;
import io.ringcode.tenant.TenantId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Twilio's status callbacks, and its request during a call for the text to speak. */
@Component
class TwilioReceipts implements ReceiptSource {
    private final CarrierAccounts accounts;
    private final CallScripts scripts;

    TwilioReceipts(CarrierAccounts accounts, CallScripts scripts) {
        this.accounts = accounts;
        this.scripts = scripts;
    }

    @Override
    public String name() {
        return TwilioProvider.NAME;
    }

    @Override
    public ReceiptCheck read(TenantId tenant, VendorCall call) {
        var account = accounts.find(tenant, TwilioAccount.FORM).orElse(null);
        if (account == null) return new Forged("no account to check it with");
        if (!TwilioSignature.isOf(call, account.authToken())) return new Forged("X-Twilio-Signature does not fit");
        var form = call.form();
        if (!form.getOrDefault("AccountSid", "").equals(account.sid())) return new Forged("another account's");
        var script = call.query().get(CallScripts.PARAMETER);
        if (script != null) return say(tenant, call, form, script);
        if (form.containsKey("MessageStatus")) return message(form);
        return form.containsKey("CallStatus") ? call(form) : new Unreadable("no status");
    }

    /** An answering machine is not told the code: whoever listens to it later need not be the one who signs in. */
    private ReceiptCheck say(TenantId tenant, VendorCall call, Map<String, String> form, String sealed) {
        if (isMachine(form)) return answer(Twiml.HANG_UP);
        return scripts.open(tenant, name(), sealed, call.receivedAt())
                .map(script -> TwilioVoices.ALL.chooseWithHint(script.text(), script.language()))
                .map(said -> Twiml.again(said.speech(), said.voice(), call.url().toString()))
                .map(TwilioReceipts::answer)
                .orElseGet(() -> answer(Twiml.HANG_UP));
    }

    private static ReceiptCheck answer(String twiml) {
        return Genuine.answer(new Reply(200, Twiml.CONTENT_TYPE, twiml));
    }

    private static ReceiptCheck message(Map<String, String> form) {
        var state = switch (form.getOrDefault("MessageStatus", "")) {
            case "sent" -> State.SENT;
            case "delivered", "read" -> State.DELIVERED;
            case "undelivered" -> State.UNDELIVERED;
            case "failed", "canceled" -> State.FAILED;
            default -> null; // accepted, queued, sending: nothing that the acceptance did not say
        };
        if (state == null) return Genuine.signed(List.of());
        var code = form.getOrDefault("ErrorCode", "");
        return receipt(form.get("MessageSid"), state, code.isEmpty() ? null : code);
    }

    private static ReceiptCheck call(Map<String, String> form) {
        var status = form.getOrDefault("CallStatus", "");
        var sid = form.get("CallSid");
        return switch (status) {
            case "ringing", "in-progress" -> receipt(sid, State.SENT, null);
            case "completed" ->
                isMachine(form)
                        ? receipt(sid, State.UNDELIVERED, form.get("AnsweredBy"))
                        : receipt(sid, State.DELIVERED, null);
            case "busy", "no-answer" -> receipt(sid, State.UNDELIVERED, status);
            case "failed", "canceled" -> receipt(sid, State.FAILED, status);
            default -> Genuine.signed(List.of());
        };
    }

    private static ReceiptCheck receipt(@Nullable String sid, State state, @Nullable String code) {
        if (sid == null || sid.isEmpty()) return new Unreadable("no id");
        return Genuine.signed(List.of(Receipt.of(sid, state, code, code == null ? null : fault(code))));
    }

    private static boolean isMachine(Map<String, String> form) {
        var answeredBy = form.getOrDefault("AnsweredBy", "");
        return answeredBy.startsWith("machine") || answeredBy.equals("fax");
    }

    /** Twilio's codes for what went wrong after it had accepted; null where it may pass. */
    private static @Nullable FailureCause fault(String code) {
        return switch (code) {
            case "30005", "30006", "failed" -> FailureCause.NUMBER;
            case "30004", "21610" -> FailureCause.OPT_OUT;
            case "30002" -> FailureCause.ACCOUNT;
            case "30019" -> FailureCause.REQUEST;
            case "30007", "30018", "30024", "30032", "30034", "30035" -> FailureCause.VENDOR;
            default -> null;
        };
    }
}
