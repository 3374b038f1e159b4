package io.ringcode.management.phone;

import io.ringcode.client.Caller;
import io.ringcode.delivery.account.AccountForm;
import io.ringcode.delivery.account.CarrierAccount.Change;
import io.ringcode.delivery.account.CarrierAccounts;
import io.ringcode.delivery.account.FieldChange;
import io.ringcode.delivery.carrier.Carriers;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.Body;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The tenant's Twilio account under the names that Guardian has for its fields. The token is written, never read. */
@RestController
@RequestMapping({"/api/v2/guardian/factors/phone/providers/twilio", "/api/v2/guardian/factors/sms/providers/twilio"})
class TwilioAccountController {
    private static final String SETTING = "guardian/factors/phone/providers/twilio";

    private final AccountForm<?> form;
    private final CarrierAccounts accounts;
    private final CredentialCheck check;
    private final Changes changes;

    TwilioAccountController(Carriers carriers, CarrierAccounts accounts, CredentialCheck check, Changes changes) {
        this.form = carriers.form("twilio").orElseThrow();
        this.accounts = accounts;
        this.check = check;
        this.changes = changes;
    }

    /** Nothing on a fresh tenant; after a first write every field, unset ones as null. */
    @GetMapping
    @RequiresScope("read:guardian_factors")
    Map<String, @Nullable Object> account(Caller caller) {
        var shown = new LinkedHashMap<String, @Nullable Object>();
        var account = accounts.view(caller.tenant(), form.carrier()).orElse(null);
        if (account == null || account.fields().isEmpty()) return shown;
        shown.put("sid", account.fields().get("sid"));
        shown.put("auth_token", null);
        shown.put("from", account.fields().get("default_from"));
        shown.put("messaging_service_sid", account.fields().get("mssid"));
        return shown;
    }

    /** Changes what is given, and answers just that, but for the token. */
    @PutMapping
    @RequiresScope("update:guardian_factors")
    Map<String, @Nullable Object> set(Caller caller, Body body) {
        body.only("sid", "auth_token", "from", "messaging_service_sid");
        var sid = body.optionalText("sid", 1, 1000);
        var token = body.optionalText("auth_token", 1, 1000);
        var from = body.optionalText("from", 0, 64);
        var service = body.optionalText("messaging_service_sid", 1, 1000);
        var change = Change.of(Map.of(
                "sid", FieldChange.of(body.has("sid"), sid),
                "auth_token", FieldChange.of(body.has("auth_token"), token),
                "default_from", FieldChange.of(body.has("from"), from == null || from.isBlank() ? null : from),
                "mssid", FieldChange.of(body.has("messaging_service_sid"), service)));
        var warnings = check.warnings(caller, form, change.fields());
        changes.set(caller, SETTING, () -> {
            accounts.save(caller.tenant(), form, change);
            check.tell(caller, form.carrier(), warnings);
        });
        var answer = new LinkedHashMap<String, @Nullable Object>();
        if (body.has("sid")) answer.put("sid", sid);
        if (body.has("auth_token")) answer.put("auth_token", null);
        if (body.has("from")) answer.put("from", from);
        if (body.has("messaging_service_sid")) answer.put("messaging_service_sid", service);
        if (!warnings.isEmpty()) answer.put("warnings", warnings);
        return answer;
    }
}
