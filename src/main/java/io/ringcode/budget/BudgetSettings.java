package io.ringcode.budget;

import io.ringcode.tenant.TenantSettings;
import java.util.List;

/**
 * What a tenant's messages may cost. Prices count only where there is a budget.
 *
 * @param currency of all amounts and prices, ISO 4217
 * @param assumedPrice what a message costs, in millionths, where no list and no receipt says it
 */
public record BudgetSettings(String currency, long assumedPrice, List<Budget> budgets) {
    public static final String NAME = "guardian/factors/phone/fraud/budgets";
    /** More than most carriers ask for most countries, so that an unknown price rather ends a budget too early. */
    public static final Money USUAL_PRICE = new Money(100_000);

    public static final BudgetSettings DEFAULT = new BudgetSettings("USD", USUAL_PRICE.micros(), List.of());

    /** @param limit what all messages of the scope may cost together within one period */
    public record Budget(BudgetScope scope, Period period, Money limit) {
        @Override
        public String toString() {
            return "the budget of " + scope + " for a " + period.wire();
        }
    }

    public static BudgetSettings of(TenantSettings settings) {
        return settings.get(NAME, BudgetSettings.class, DEFAULT);
    }

    boolean isActive() {
        return !budgets.isEmpty();
    }
}
