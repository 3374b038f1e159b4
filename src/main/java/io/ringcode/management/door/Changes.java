package io.ringcode.management.door;

import io.ringcode.client.Caller;
import io.ringcode.json.BodySchema;
import io.ringcode.json.JsonBody;
import io.ringcode.management.ManagementEvent.ResourceChanged;
import io.ringcode.management.ManagementEvent.SettingChanged;
import io.ringcode.tenant.Tenants;
import io.ringcode.user.UserId;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes a change and publishes its {@link ManagementEvent} in one transaction. */
@Component
public class Changes {
    private final AdministratorGuard administrators;
    private final Tenants tenants;
    private final Clock clock;
    private final TransactionTemplate transactions;
    private final ApplicationEventPublisher events;

    Changes(
            AdministratorGuard administrators,
            Tenants tenants,
            Clock clock,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events) {
        this.administrators = administrators;
        this.tenants = tenants;
        this.clock = clock;
        this.transactions = new TransactionTemplate(transactions);
        this.events = events;
    }

    public void set(Caller caller, String setting, Object value) {
        set(caller, setting, () -> tenants.set(caller.tenant(), setting, value, clock.instant()));
    }

    /** The same for a setting that another module stores. */
    public void set(Caller caller, String setting, Runnable change) {
        transactions.executeWithoutResult(_ -> {
            change.run();
            events.publishEvent(new SettingChanged(caller, setting));
        });
    }

    /** The same, with something to tell of it. */
    public <T> T get(Caller caller, String setting, Supplier<T> change) {
        return transactions.execute(_ -> {
            var result = change.get();
            events.publishEvent(new SettingChanged(caller, setting));
            return result;
        });
    }

    /** @param what in a few words, such as {@code "Delete a client"} */
    public <T> T make(Caller caller, String what, String id, Supplier<T> change) {
        return make(caller, what, id, null, List.of(), change);
    }

    public <T> T make(Caller caller, String what, String id, JsonBody body, Supplier<T> change) {
        return make(caller, what, id, null, BodySchema.sent(body), change);
    }

    /** A change to what belongs to a user, who may be an administrator. A change that throws leaves neither itself nor a line. */
    public <T> T makeFor(Caller caller, String what, String user, Supplier<T> change) {
        return make(caller, what, user, user, List.of(), change);
    }

    public <T> T makeFor(Caller caller, String what, String user, JsonBody body, Supplier<T> change) {
        return make(caller, what, user, user, BodySchema.sent(body), change);
    }

    /** A new user, whose id comes with it. */
    public <T> T makeUser(Caller caller, JsonBody body, Supplier<T> change, Function<T, String> id) {
        return transactions.execute(_ -> {
            var made = change.get();
            var user = id.apply(made);
            events.publishEvent(new ResourceChanged(caller, "Create a user", user, user, BodySchema.sent(body)));
            return made;
        });
    }

    private <T> T make(
            Caller caller, String what, String id, @Nullable String user, List<String> properties, Supplier<T> change) {
        return transactions.execute(_ -> {
            if (user != null) administrators.require(caller, new UserId(user));
            var result = change.get();
            events.publishEvent(new ResourceChanged(caller, what, id, user, properties));
            return result;
        });
    }
}
