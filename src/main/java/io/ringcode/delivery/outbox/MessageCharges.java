package io.ringcode.delivery.outbox;

import io.ringcode.budget.Brake;
import io.ringcode.budget.Budgets;
import io.ringcode.budget.Charge;
import io.ringcode.delivery.AttemptResult;
import io.ringcode.delivery.outbox.AttemptTable.Ended;
import io.ringcode.delivery.routing.ClaimedMessage;
import io.ringcode.phone.Segments;
import io.ringcode.tenant.Tenants;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What attempts cost: reserved before a carrier is asked, and given back where it surely took nothing. */
@Component
public class MessageCharges {
    /** Reasons why a carrier is passed over, as they stand in the ledger. */
    static final String OVER_BUDGET = "over_budget";

    static final String BRAKE = "brake";

    private final Budgets budgets;
    private final Tenants tenants;

    MessageCharges(Budgets budgets, Tenants tenants) {
        this.budgets = budgets;
        this.tenants = tenants;
    }

    /** For the attempt that is made next, by the carrier that is asked next. */
    public static Charge of(ClaimedMessage claimed) {
        var message = claimed.message();
        return new Charge(
                message.tenant(),
                message.id(),
                claimed.attempt(),
                message.client(),
                message.to(),
                message.channel(),
                claimed.provider(),
                message.channel().isSpoken() ? 1 : Segments.of(message.text()).count());
    }

    /**
     * Reserves for an attempt, unless that was done when the message was queued.
     *
     * @param paid the carrier that was thought of then; null where nothing is reserved for this attempt
     * @return null when the carrier may be asked; otherwise why not
     */
    @Nullable
    String refusal(ClaimedMessage claimed, @Nullable String paid) {
        if (Brake.isOn(tenants.settings(claimed.message().tenant()))) return BRAKE;
        if (claimed.provider().equals(paid)) return null;
        return budgets.reserveAlone(of(claimed)).isPresent() ? OVER_BUDGET : null;
    }

    /** Gives back what was reserved for an attempt in which no carrier was asked. */
    void notAsked(ClaimedMessage claimed) {
        budgets.giveBackAlone(of(claimed).ref());
    }

    /** Gives back what was reserved for attempts that surely sent nothing, in the transaction that records them. */
    void settle(List<Ended> ended) {
        budgets.giveBack(ended.stream()
                .filter(one -> isFree(one.outcome().result()))
                .map(one -> new Charge.Ref(one.message().tenant(), one.message().id(), one.number()))
                .toList());
    }

    private static boolean isFree(AttemptResult result) {
        return switch (result) {
            case REFUSED, UNAVAILABLE, WAITED -> true;
            // It may have the message, and bill it.
            case UNKNOWN, ACCEPTED -> false;
        };
    }
}
