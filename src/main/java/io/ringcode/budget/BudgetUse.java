package io.ringcode.budget;

import io.ringcode.budget.BudgetSettings.Budget;
import io.ringcode.tenant.TenantId;
import java.time.Instant;
import java.time.LocalDate;

/** What has been spent of a budget in one period, reservations included. */
record BudgetUse(UseKey key, Money spent, Money lastPrice, int told) {
    /** One row. Two budgets of a tenant have the same key only if they are the same. */
    record UseKey(TenantId tenant, String scope, Period period, LocalDate starts) {
        static UseKey of(TenantId tenant, Budget budget, Instant now) {
            return new UseKey(
                    tenant,
                    budget.scope().key(),
                    budget.period(),
                    budget.period().start(now));
        }
    }

    static BudgetUse none(UseKey key) {
        return new BudgetUse(key, Money.NONE, Money.NONE, 0);
    }

    boolean hasRoom(Money price, Budget budget) {
        return spent.plus(price).compareTo(budget.limit()) <= 0;
    }

    /** Whether one more message such as the last would not fit. */
    boolean isUsedUp(Budget budget) {
        return !hasRoom(lastPrice, budget) || spent.compareTo(budget.limit()) >= 0;
    }

    /** With one more message. */
    BudgetUse plus(Money price, Budget budget) {
        var more = new BudgetUse(key, spent.plus(price), price, told);
        return new BudgetUse(key, more.spent, price, Math.max(told, more.share(budget)));
    }

    /** The greatest share of the limit that is worth telling and is reached, in per cent; 0 for none. */
    private int share(Budget budget) {
        if (isUsedUp(budget)) return 100;
        var limit = budget.limit().micros();
        if (spent.micros() >= limit - limit / 5) return 80;
        return spent.micros() >= limit - limit / 2 ? 50 : 0;
    }
}
