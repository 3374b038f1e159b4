package io.ringcode.delivery.carrier;

import io.ringcode.budget.Budgets;
import io.ringcode.budget.Charge;
import io.ringcode.delivery.FailureCause;
import io.ringcode.delivery.NewMessage;
import io.ringcode.delivery.account.AccountValues;
import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.phone.Segments;
import io.ringcode.secret.TimedId;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Credential checks and test messages for administrators. Calls carriers, so never inside a transaction. */
@Component
public class SetupCheck {
    private static final UserId NOBODY = new UserId("trial");

    private final Providers providers;
    private final Carriers carriers;
    private final Budgets budgets;
    private final Clock clock;

    SetupCheck(Providers providers, Carriers carriers, Budgets budgets, Clock clock) {
        this.providers = providers;
        this.carriers = carriers;
        this.budgets = budgets;
        this.clock = clock;
    }

    /** The names of all providers, sorted. */
    public Set<String> names() {
        return new TreeSet<>(providers.names());
    }

    /** What that carrier says of these credentials; {@link CredentialCheckResult.Good} where nobody can be asked. */
    public CredentialCheckResult check(String carrier, AccountValues values) {
        var provider = carriers.find(carrier);
        if (provider.isEmpty()) return new CredentialCheckResult.Good();
        try {
            return provider.get().check(values);
        } catch (IOException unreachable) {
            return new CredentialCheckResult.Unclear(carrier + " could not be reached");
        }
    }

    /**
     * Sends one test message at once and by this provider alone; the outbox and the ledger do not have it.
     *
     * @param from as in {@link NewMessage#from()}
     */
    public SendResult send(
            TenantId tenant,
            String provider,
            PhoneNumber to,
            Channel channel,
            String text,
            @Nullable String from,
            Locale language) {
        var chosen = providers.find(provider);
        if (chosen == null || !chosen.offers(channel))
            return new SendResult.Refused("not_offered", FailureCause.REQUEST);
        if (!chosen.ready(tenant, channel)) return new SendResult.Refused("not_configured", FailureCause.ACCOUNT);
        var now = clock.instant();
        var message = new PhoneMessage(
                tenant,
                TimedId.at(now),
                NOBODY,
                null,
                to,
                channel,
                text,
                language,
                now.plus(Duration.ofMinutes(5)),
                null,
                from);
        var charge = new Charge(
                tenant,
                message.id(),
                1,
                null,
                to,
                channel,
                provider,
                channel.isSpoken() ? 1 : Segments.of(text).count());
        if (budgets.reserveAlone(charge).isPresent())
            return new SendResult.Refused("over_budget", FailureCause.REQUEST);
        var answer = ask(chosen, message);
        switch (answer) {
            case SendResult.Refused _, SendResult.Unavailable _ -> budgets.giveBackAlone(charge.ref());
            case SendResult.Accepted _, SendResult.Unknown _ -> {}
        }
        return answer;
    }

    private static SendResult ask(PhoneProvider provider, PhoneMessage message) {
        try {
            return provider.send(message);
        } catch (IOException unreachable) {
            return new SendResult.Unavailable("io", null);
        }
    }
}
