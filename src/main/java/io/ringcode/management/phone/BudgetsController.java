package io.ringcode.management.phone;

import io.ringcode.budget.Brake;
import io.ringcode.budget.BudgetScope;
import io.ringcode.budget.BudgetScope.Kind;
import io.ringcode.budget.BudgetSettings;
import io.ringcode.budget.BudgetSettings.Budget;
import io.ringcode.budget.Budgets;
import io.ringcode.budget.Budgets.Spending;
import io.ringcode.budget.Money;
import io.ringcode.budget.Period;
import io.ringcode.client.Caller;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.IsoTime;
import io.ringcode.json.JsonAnswer;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.Items;
import io.ringcode.json.Rule.Length;
import io.ringcode.json.Rule.Matches;
import io.ringcode.json.Rule.NullAllowed;
import io.ringcode.json.Rule.Range;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.tenant.Tenants;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Budgets in money, what is spent of them, and the emergency brake. Ringcode's own. */
@RestController
@RequestMapping("/api/v2/guardian/factors/phone/fraud")
public class BudgetsController {
    static final int MOST_BUDGETS = 100;

    private static final int DECIMALS = 6;

    private final Budgets budgets;
    private final Tenants tenants;
    private final Changes changes;

    BudgetsController(Budgets budgets, Tenants tenants, Changes changes) {
        this.budgets = budgets;
        this.tenants = tenants;
        this.changes = changes;
    }

    /** @param of the client's id, the country or the carrier; null for the tenant */
    public record Wanted(
            Kind scope,

            @Nullable @NullAllowed @Length(min = 1, max = 200)
            String of,

            Period period,
            @Range(min = 0, max = 1e9) BigDecimal limit) {
        public Wanted {
            if (scope == Kind.TENANT && of != null) throw InvalidBody.on("of", "Must be left out for the tenant");
            if (scope != Kind.TENANT && of == null)
                throw InvalidBody.on("of", "Must say which " + scope.wire() + " it is for");
            if (scope == Kind.COUNTRY && of != null && !of.matches("[A-Z]{2}"))
                throw InvalidBody.on("of", "Must be a country as ISO 3166-1 has it, such as TG");
            money("limit", limit);
        }

        private Budget budget() {
            return new Budget(new BudgetScope(scope, of), period, money("limit", limit));
        }
    }

    /**
     * @param currency of all amounts and prices
     * @param assumedPrice what a message costs where no price list and no receipt says it
     */
    public record Wish(
            @Matches("[A-Z]{3}") String currency,
            @Nullable @Range(min = 0, max = 1e9) BigDecimal assumedPrice,
            @Items(max = MOST_BUDGETS) List<Wanted> budgets)
            implements JsonBody {
        public Wish {
            var seen = new HashSet<Object>();
            for (var one : budgets)
                if (!seen.add(
                        new BudgetScope(one.scope(), one.of()) + one.period().wire()))
                    throw InvalidBody.on("budgets", "Must have one budget for each scope and period");
        }
    }

    /** @param until when the period ends and the next begins */
    public record ShownBudget(
            String scope, @Nullable String of, String period, BigDecimal limit, BigDecimal spent, IsoTime until) {
        private static ShownBudget of(Spending spending) {
            var budget = spending.budget();
            return new ShownBudget(
                    budget.scope().kind().wire(),
                    budget.scope().of(),
                    budget.period().wire(),
                    budget.limit().amount(),
                    spending.spent().amount(),
                    new IsoTime(spending.until()));
        }
    }

    public record Shown(String currency, BigDecimal assumedPrice, List<ShownBudget> budgets) implements JsonAnswer {}

    @GetMapping("/budgets")
    @RequiresScope("read:attack_protection")
    public Shown read(Caller caller) {
        var settings = BudgetSettings.of(tenants.settings(caller.tenant()));
        return new Shown(
                settings.currency(),
                new Money(settings.assumedPrice()).amount(),
                budgets.spending(caller.tenant()).stream().map(ShownBudget::of).toList());
    }

    /** Replaces them as a whole. A budget that is new within its day or month has what was spent since that began. */
    @PutMapping("/budgets")
    @RequiresScope("update:attack_protection")
    public Shown set(Caller caller, Wish wish) {
        var price = wish.assumedPrice();
        changes.set(
                caller,
                BudgetSettings.NAME,
                new BudgetSettings(
                        wish.currency(),
                        (price == null ? BudgetSettings.USUAL_PRICE : money("assumed_price", price)).micros(),
                        wish.budgets().stream().map(Wanted::budget).toList()));
        return read(caller);
    }

    private static Money money(String property, BigDecimal amount) {
        if (amount.stripTrailingZeros().scale() > DECIMALS)
            throw InvalidBody.on(property, "Must have at most " + DECIMALS + " decimals");
        return Money.of(amount);
    }

    /** @param on whether nothing is sent */
    public record BrakeState(boolean on) implements JsonBody, JsonAnswer {}

    @GetMapping("/brake")
    @RequiresScope("read:attack_protection")
    public BrakeState brake(Caller caller) {
        return new BrakeState(Brake.isOn(tenants.settings(caller.tenant())));
    }

    /** Binds on every server within a second, for retries too. */
    @PutMapping("/brake")
    @RequiresScope("update:attack_protection")
    public BrakeState brake(Caller caller, BrakeState state) {
        changes.set(caller, Brake.NAME, new Brake(state.on()));
        return state;
    }
}
