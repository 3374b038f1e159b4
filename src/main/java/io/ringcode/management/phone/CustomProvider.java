package io.ringcode.management.phone;

import io.ringcode.action.Actions;
import io.ringcode.action.Trigger;
import io.ringcode.delivery.account.AccountForm;
import io.ringcode.tenant.TenantId;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * The phone provider that Auth0 calls {@code custom}: the tenant's own action on {@code custom-phone-provider}. It has
 * nothing to configure and no credentials; the provider that runs scripts sends for it.
 */
@Component
class CustomProvider {
    static final String NAME = "custom";
    static final AccountForm<Boolean> FORM = new AccountForm<>(NAME, "Custom", List.of(), _ -> true);

    private final Actions actions;

    CustomProvider(Actions actions) {
        this.actions = actions;
    }

    /** @return the provider that sends for this account */
    static String sender(String account) {
        return account.equals(NAME) ? "phone-message-hook" : account;
    }

    boolean isDeployed(TenantId tenant) {
        return actions.list(tenant).stream()
                .anyMatch(action ->
                        action.script().trigger() == Trigger.CUSTOM_PHONE_PROVIDER && action.deployed() != null);
    }
}
