package io.ringcode.budget;

import io.ringcode.batch.RetriedTransaction;
import io.ringcode.budget.BudgetSettings.Budget;
import io.ringcode.budget.BudgetUse.UseKey;
import io.ringcode.budget.ChargeTable.Priced;
import io.ringcode.budget.ChargeTable.Stored;
import io.ringcode.client.ClientId;
import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.tenant.Recent;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Budgets in money. What a carrier is asked for is reserved before it is asked, at the price that is known; given back when it
 * surely did not take the message; and put right by what its receipt says. A reservation locks the rows of its budgets until the
 * transaction's end, so no race of any number of servers spends more than the limit. Tenants without a budget cost nothing.
 */
@Component
public class Budgets {
    private final Tenants tenants;
    private final Prices prices;
    private final BudgetTable table;
    private final ChargeTable charges;
    private final RetriedTransaction transactions;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final Recent<TenantId, Map<UseKey, BudgetUse>> recent;

    Budgets(
            Tenants tenants,
            Prices prices,
            BudgetTable table,
            ChargeTable charges,
            RetriedTransaction transactions,
            ApplicationEventPublisher events,
            Clock clock) {
        this.tenants = tenants;
        this.prices = prices;
        this.table = table;
        this.charges = charges;
        this.transactions = transactions;
        this.events = events;
        this.clock = clock;
        this.recent = new Recent<>(this::running);
    }

    /**
     * A budget that has no room for a message.
     *
     * @param until the next period begins
     */
    public record Exhausted(Budget budget, Instant until) {}

    public boolean isActive(TenantId tenant) {
        return settings(tenant).isActive();
    }

    /**
     * Reserves what messages will cost, one after the other, inside the caller's transaction: a rollback gives it back. For a message
     * that has no room in one of its budgets nothing is reserved.
     *
     * @return in the order of the charges, the first budget without room; empty for what is reserved
     * @throws org.springframework.dao.ConcurrencyFailureException when another transaction came in between; then this one is
     *     to be rolled back, and may be tried again
     */
    public List<Optional<Exhausted>> reserve(List<Charge> asked, Instant now) {
        if (!TransactionSynchronizationManager.isActualTransactionActive())
            throw new IllegalStateException("Money is reserved in the transaction that queues the message");
        if (asked.stream().noneMatch(charge -> isActive(charge.tenant())))
            return asked.stream().map(_ -> Optional.<Exhausted>empty()).toList();
        var budgets = asked.stream().map(charge -> keys(charge, now)).toList();
        var keys = budgets.stream().flatMap(of -> of.keySet().stream()).collect(Collectors.toSet());
        var stored = table.hold(keys);
        var uses = new HashMap<>(stored);
        for (var of : budgets)
            of.forEach((key, budget) -> uses.computeIfAbsent(
                    key, _ -> new BudgetUse(key, charges.sum(key, budget.scope()), Money.NONE, 0)));
        var results = new ArrayList<Optional<Exhausted>>();
        var reserved = new ArrayList<Priced>();
        for (int i = 0; i < asked.size(); i++) {
            var charge = asked.get(i);
            var of = budgets.get(i);
            if (!isActive(charge.tenant())) {
                results.add(Optional.empty());
                continue;
            }
            var price = prices.of(charge, settings(charge.tenant()));
            var full = of.entrySet().stream()
                    .filter(one -> !use(uses, one.getKey()).hasRoom(price, one.getValue()))
                    .findFirst();
            results.add(full.map(one -> exhausted(one.getKey(), one.getValue())));
            if (full.isPresent()) continue;
            of.forEach((key, budget) -> uses.put(key, spend(use(uses, key), price, budget)));
            reserved.add(new Priced(charge, price));
        }
        write(uses, stored);
        charges.insert(reserved, now);
        return results;
    }

    /** Reserves for one message in a transaction of its own, such as before a further attempt. */
    public Optional<Exhausted> reserveAlone(Charge charge) {
        if (!isActive(charge.tenant())) return Optional.empty();
        return transactions.execute(() -> {
            // An attempt that went to another carrier than was thought when it was reserved.
            giveBack(List.of(charge.ref()));
            return reserve(List.of(charge), clock.instant()).getFirst();
        });
    }

    /** Gives back what was reserved for attempts that surely sent nothing, inside the caller's transaction. */
    public void giveBack(Collection<Charge.Ref> attempts) {
        var ours = attempts.stream().filter(one -> isActive(one.tenant())).toList();
        if (ours.isEmpty()) return;
        add(charges.delete(ours).stream()
                .collect(Collectors.toMap(
                        Function.identity(), one -> -one.price().micros(), Long::sum)));
    }

    public void giveBackAlone(Charge.Ref attempt) {
        if (!isActive(attempt.tenant())) return;
        transactions.execute(() -> {
            giveBack(List.of(attempt));
            return true;
        });
    }

    /**
     * Puts the price of an attempt right by its receipt, inside the caller's transaction. A price in another currency than the
     * tenant's says nothing.
     */
    public void correct(Charge.Ref attempt, BigDecimal amount, String currency) {
        var settings = settings(attempt.tenant());
        if (!settings.isActive()
                || !settings.currency().equals(currency)
                || amount.abs().compareTo(Money.MOST) > 0) return;
        // Some carriers report what they took as a negative amount.
        var paid = Money.of(amount.abs());
        for (var before : charges.reprice(attempt, _ -> paid)) {
            prices.saw(before, paid, clock.instant());
            add(Map.of(before, paid.micros() - before.price().micros()));
        }
    }

    /** Adds differences to what was spent in the periods of these charges. */
    private void add(Map<Stored, Long> differences) {
        var changes = new HashMap<UseKey, Long>();
        differences.forEach((charge, difference) -> {
            for (var budget : settings(charge.tenant()).budgets())
                if (charge.isIn(budget.scope()))
                    changes.merge(UseKey.of(charge.tenant(), budget, charge.at()), difference, Long::sum);
        });
        if (changes.isEmpty()) return;
        var held = table.hold(changes.keySet());
        table.write(
                held.values().stream()
                        .map(use -> new BudgetUse(
                                use.key(),
                                new Money(Math.max(0, use.spent().micros() + changes.getOrDefault(use.key(), 0L))),
                                use.lastPrice(),
                                use.told()))
                        .toList(),
                List.of());
    }

    /**
     * A budget that was used up half a second ago, by a look that locks nothing. A tenant whose budget is used up is refused by
     * this; {@link #reserve} decides.
     */
    public Optional<Exhausted> exhausted(TenantId tenant, @Nullable ClientId client, PhoneNumber to) {
        var settings = settings(tenant);
        if (!settings.isActive()) return Optional.empty();
        var now = clock.instant();
        var uses = recent.get(tenant);
        return settings.budgets().stream()
                .filter(budget -> budget.scope().kind() != BudgetScope.Kind.CARRIER
                        && budget.scope().covers(client, Charge.countryOf(to), ""))
                .filter(budget -> {
                    var use = uses.get(UseKey.of(tenant, budget, now));
                    return use != null && use.isUsedUp(budget);
                })
                .findFirst()
                .map(budget -> exhausted(UseKey.of(tenant, budget, now), budget));
    }

    /** What is spent of a budget in the period that runs. */
    public record Spending(Budget budget, Money spent, Instant until) {}

    public List<Spending> spending(TenantId tenant) {
        var now = clock.instant();
        var uses = running(tenant);
        return settings(tenant).budgets().stream()
                .map(budget -> {
                    var key = UseKey.of(tenant, budget, now);
                    var use = uses.get(key);
                    return new Spending(
                            budget,
                            use == null ? charges.sum(key, budget.scope()) : use.spent(),
                            budget.period().end(key.starts()));
                })
                .toList();
    }

    /** @param price of one segment or call */
    public record UsualPrice(Money price, String currency) {}

    /** What a message would cost whose carrier is not known: the least that a carrier with known prices asks, else what the tenant assumes. */
    public UsualPrice usualPrice(TenantId tenant, PhoneNumber to, Channel channel) {
        var settings = settings(tenant);
        return new UsualPrice(
                prices.least(tenant, to, channel).orElse(new Money(settings.assumedPrice())), settings.currency());
    }

    /** What a message will cost at the least, where a price list or receipts say it. */
    public Optional<Money> knownPrice(TenantId tenant, PhoneNumber to, Channel channel) {
        return prices.least(tenant, to, channel);
    }

    private BudgetUse spend(BudgetUse use, Money price, Budget budget) {
        var more = use.plus(price, budget);
        if (more.told() > use.told())
            events.publishEvent(new BudgetReached(
                    use.key().tenant(),
                    budget,
                    use.key().starts(),
                    more.told(),
                    more.spent(),
                    settings(use.key().tenant()).currency()));
        return more;
    }

    private void write(Map<UseKey, BudgetUse> uses, Map<UseKey, BudgetUse> stored) {
        var made = new HashSet<>(uses.values());
        made.removeIf(use -> stored.containsKey(use.key()));
        table.write(
                uses.values().stream()
                        .filter(use -> stored.containsKey(use.key()) && !use.equals(stored.get(use.key())))
                        .toList(),
                made);
    }

    private static BudgetUse use(Map<UseKey, BudgetUse> uses, UseKey key) {
        return uses.getOrDefault(key, BudgetUse.none(key));
    }

    private static Exhausted exhausted(UseKey key, Budget budget) {
        return new Exhausted(budget, key.period().end(key.starts()));
    }

    private Map<UseKey, Budget> keys(Charge charge, Instant now) {
        var keys = new LinkedHashMap<UseKey, Budget>();
        for (var budget : settings(charge.tenant()).budgets())
            if (budget.scope().covers(charge.client(), charge.country(), charge.carrier()))
                keys.put(UseKey.of(charge.tenant(), budget, now), budget);
        return keys;
    }

    private Map<UseKey, BudgetUse> running(TenantId tenant) {
        return table.running(tenant, clock.instant()).stream()
                .collect(Collectors.toMap(BudgetUse::key, Function.identity()));
    }

    private BudgetSettings settings(TenantId tenant) {
        return BudgetSettings.of(tenants.settings(tenant));
    }
}
