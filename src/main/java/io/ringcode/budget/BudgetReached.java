package io.ringcode.budget;

import io.ringcode.budget.BudgetSettings.Budget;
import io.ringcode.tenant.TenantId;
import java.time.LocalDate;

/**
 * Event: a share of a budget is spent. Published once for each share of each period, inside the transaction that spends it.
 *
 * @param percent 50, 80, or 100 when no further message such as the last fits
 */
public record BudgetReached(
        TenantId tenant, Budget budget, LocalDate starts, int percent, Money spent, String currency) {}
