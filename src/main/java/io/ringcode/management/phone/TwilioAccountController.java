package io.ringcode.management.phone;

import io.ringcode.client.Caller;
import io.ringcode.delivery.account.AccountForm;
import io.ringcode.delivery.account.CarrierAccount.Change;
import io.ringcode.delivery.account.CarrierAccounts;
import io.ringcode.delivery.account.FieldChange;
import io.ringcode.delivery.carrier.Carriers;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Patch;
import io.ringcode.json.Rule.Length;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
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

    /** What is null is taken away. */
    record Account(
            @Length(min = 1, max = 1000) Patch<String> sid,
            @Length(min = 1, max = 1000) Patch<String> authToken,
            @Length(max = 64) Patch<String> from,
            @Length(min = 1, max = 1000) Patch<String> messagingServiceSid)
            implements JsonBody {}

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
    Map<String, @Nullable Object> set(Caller caller, Account wanted) {
        var from = wanted.from().value();
        var change = Change.of(Map.of(
                "sid", change(wanted.sid()),
                "auth_token", change(wanted.authToken()),
                "default_from", FieldChange.of(wanted.from().sent(), from == null || from.isBlank() ? null : from),
                "mssid", change(wanted.messagingServiceSid())));
        var warnings = check.warnings(caller, form, change.fields());
        changes.set(caller, SETTING, () -> {
            accounts.save(caller.tenant(), form, change);
            check.tell(caller, form.carrier(), warnings);
        });
        var answer = new LinkedHashMap<String, @Nullable Object>();
        wanted.sid().ifSent(sid -> answer.put("sid", sid));
        wanted.authToken().ifSent(_ -> answer.put("auth_token", null));
        wanted.from().ifSent(sender -> answer.put("from", sender));
        wanted.messagingServiceSid().ifSent(service -> answer.put("messaging_service_sid", service));
        if (!warnings.isEmpty()) answer.put("warnings", warnings);
        return answer;
    }

    private static FieldChange change(Patch<String> member) {
        return FieldChange.of(member.sent(), member.value());
    }
}
