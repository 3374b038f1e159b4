package io.ringcode.management.phone;

import io.ringcode.client.Caller;
import io.ringcode.delivery.account.AccountForm;
import io.ringcode.delivery.account.CarrierAccounts;
import io.ringcode.delivery.account.FieldChange;
import io.ringcode.delivery.carrier.CredentialCheckResult;
import io.ringcode.delivery.carrier.SetupCheck;
import io.ringcode.management.ManagementEvent.CredentialsUnchecked;
import io.ringcode.management.json.ManagementRefused;
import java.util.List;
import java.util.Map;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** The credential check before an account is saved. A carrier that cannot be reached does not prevent saving. */
@Component
class CredentialCheck {
    private final SetupCheck setupCheck;
    private final CarrierAccounts accounts;
    private final ApplicationEventPublisher events;

    CredentialCheck(SetupCheck setupCheck, CarrierAccounts accounts, ApplicationEventPublisher events) {
        this.setupCheck = setupCheck;
        this.accounts = accounts;
        this.events = events;
    }

    /**
     * Looks at what an account would be after these edits, if they change it or write a secret, and leave it complete.
     *
     * @return what could not be checked, to be given to {@link #tell} with the change
     * @throws ManagementRefused when the carrier says that they are no good
     */
    List<String> warnings(Caller caller, AccountForm<?> form, Map<String, FieldChange> edits) {
        var before = accounts.preview(caller.tenant(), form, Map.of());
        var values = accounts.preview(caller.tenant(), form, edits);
        var written = form.fields().stream()
                .anyMatch(field -> field.secret() && edits.get(field.name()) instanceof FieldChange.Set);
        var complete = form.fields().stream().noneMatch(field -> field.required() && values.find(field.name()) == null);
        if (!complete || (!written && values.equals(before))) return List.of();
        return switch (setupCheck.check(form.carrier(), values)) {
            case CredentialCheckResult.Good _ -> List.of();
            case CredentialCheckResult.Unclear(var reason) -> List.of(reason);
            case CredentialCheckResult.Bad(var reason) ->
                throw ManagementRefused.operation("invalid_credentials", "Not saved: " + reason);
        };
    }

    /** Within the change's transaction. */
    void tell(Caller caller, String carrier, List<String> warnings) {
        for (var warning : warnings) events.publishEvent(new CredentialsUnchecked(caller, carrier, warning));
    }
}
