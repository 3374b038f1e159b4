package io.ringcode.delivery.mitto;

import io.ringcode.delivery.carrier.Receipt;
import io.ringcode.delivery.carrier.Receipt.State;
import io.ringcode.delivery.carrier.ReceiptCheck;
import io.ringcode.delivery.carrier.ReceiptCheck.Genuine;
import io.ringcode.delivery.carrier.ReceiptCheck.Unreadable;
import io.ringcode.delivery.carrier.ReceiptSource;
import io.ringcode.delivery.carrier.VendorCall;
import io.ringcode.tenant.TenantId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/**
 * Mitto's delivery reports, by GET or POST and unsigned. Mitto publishes neither their field names nor their values, so the names
 * that such reports usually have are understood, and what is not understood is refused and shows in the log.
 */
@Component
class MittoReceipts implements ReceiptSource {
    private static final List<String> IDS = List.of("id", "messageid", "message_id");
    private static final List<String> STATUSES = List.of("status", "messagestatus", "message_status", "deliverystatus");
    private static final List<String> ERRORS = List.of("errorcode", "error_code", "error");

    private final ObjectMapper json;

    MittoReceipts(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public String name() {
        return MittoProvider.NAME;
    }

    @Override
    public ReceiptCheck read(TenantId tenant, VendorCall call) {
        var fields = new HashMap<String, String>();
        add(fields, call.query());
        var body = call.json(json);
        if (body.isObject())
            body.properties()
                    .forEach(field -> fields.put(
                            field.getKey().toLowerCase(Locale.ROOT),
                            field.getValue().asString("")));
        else add(fields, call.form());
        var id = first(fields, IDS);
        var status = first(fields, STATUSES).toLowerCase(Locale.ROOT);
        if (id.isEmpty() || status.isEmpty()) return new Unreadable("no id or no status");
        var error = first(fields, ERRORS);
        var code = error.isEmpty() ? null : error;
        return switch (status) {
            case "delivered", "delivrd" -> Genuine.unsigned(List.of(Receipt.of(id, State.DELIVERED)));
            case "sent", "pending", "accepted", "acceptd", "enroute", "buffered" ->
                Genuine.unsigned(List.of(Receipt.of(id, State.SENT)));
            case "undelivered", "undeliv", "undeliverable", "expired", "deleted" ->
                Genuine.unsigned(List.of(Receipt.of(id, State.UNDELIVERED, code, null)));
            case "failed", "failure", "rejected", "rejectd" ->
                Genuine.unsigned(List.of(Receipt.of(id, State.FAILED, code, null)));
            default -> new Unreadable("an unknown status");
        };
    }

    private static void add(Map<String, String> fields, Map<String, String> more) {
        more.forEach((name, value) -> fields.put(name.toLowerCase(Locale.ROOT), value));
    }

    private static String first(Map<String, String> fields, List<String> names) {
        return names.stream()
                .map(name -> fields.getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
    }
}
