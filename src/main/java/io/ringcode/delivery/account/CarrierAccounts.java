package io.ringcode.delivery.account;

import io.ringcode.database.AfterCommit;
import io.ringcode.delivery.account.AccountTable.Row;
import io.ringcode.delivery.account.CarrierAccount.Change;
import io.ringcode.phone.Channel;
import io.ringcode.secret.KeyedHash;
import io.ringcode.secret.Keyring;
import io.ringcode.secret.Sealer;
import io.ringcode.tenant.Recent;
import io.ringcode.tenant.TenantId;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Each tenant's accounts with carriers, cached for half a second. Secrets are given to their carrier only. */
@Component
public class CarrierAccounts {
    private static final AccountValues NONE = new AccountValues(Map.of());

    private final AccountTable table;
    private final Sealer sealer;
    private final KeyedHash tokens;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final Recent<TenantId, Map<String, Held>> held;

    CarrierAccounts(AccountTable table, Keyring keys, Clock clock, PlatformTransactionManager transactions) {
        this.table = table;
        this.sealer = keys.sealer("carrier-account");
        this.tokens = keys.hash("receipt-address");
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
        this.held = new Recent<>(this::load);
    }

    /** A row with its secrets opened. */
    private record Held(Row row, AccountValues values) {
        CarrierAccount account() {
            return row.account();
        }

        boolean enabled() {
            return !account().disabled();
        }
    }

    public Optional<CarrierAccount> view(TenantId tenant, String carrier) {
        return held(tenant, carrier).map(Held::account);
    }

    /** Oldest first. */
    public List<CarrierAccount> all(TenantId tenant) {
        return table.of(tenant).stream().map(Row::account).toList();
    }

    /** What the account would be after a change, for its {@link AccountForm#problems}. */
    public AccountValues preview(TenantId tenant, AccountForm<?> form, Map<String, FieldChange> changes) {
        var stored = held(tenant, form.carrier()).map(Held::values).orElse(NONE);
        var values = new HashMap<String, String>();
        for (var field : form.fields()) {
            var name = field.name();
            var value = changes.getOrDefault(name, new FieldChange.Keep()).applyTo(stored.find(name));
            if (value != null) values.put(name, value);
        }
        return new AccountValues(values);
    }

    /** Changes an account, or makes one; two changes at once happen one after the other. */
    public CarrierAccount save(TenantId tenant, AccountForm<?> form, Change change) {
        var saved = transaction.execute(_ -> {
            var row = changed(tenant, form, table.lock(tenant, form.carrier(), clock.instant()), change);
            table.update(tenant, row);
            return row.account();
        });
        forget(tenant);
        return saved;
    }

    /** @return false when there was none */
    public boolean delete(TenantId tenant, String carrier) {
        var deleted = table.delete(tenant, carrier);
        forget(tenant);
        return deleted;
    }

    /** A complete account that may be used; its channels are looked at by {@link #carries}. */
    public <A> Optional<A> find(TenantId tenant, AccountForm<A> form) {
        return held(tenant, form.carrier()).filter(Held::enabled).flatMap(held -> form.read(held.values()));
    }

    /** Whether the tenant lets this carrier have that channel. */
    public boolean carries(TenantId tenant, String carrier, Channel channel) {
        return held(tenant, carrier)
                .filter(Held::enabled)
                .filter(held -> held.account().channels().contains(channel))
                .isPresent();
    }

    /**
     * The secret part of the address that a carrier reports to, 128 bits as base64url: nobody else can call there. Empty
     * where there is no such account.
     */
    public Optional<String> receiptToken(TenantId tenant, String carrier) {
        return held(tenant, carrier)
                .map(held -> tokens.index(tenant.value(), carrier, held.row().receiptSalt()))
                .map(Base64.getUrlEncoder().withoutPadding()::encodeToString);
    }

    private Optional<Held> held(TenantId tenant, String carrier) {
        return Optional.ofNullable(held.get(tenant).get(carrier));
    }

    private Map<String, Held> load(TenantId tenant) {
        return table.of(tenant).stream()
                .map(row -> new Held(row, opened(tenant, row)))
                .collect(Collectors.toUnmodifiableMap(held -> held.account().carrier(), Function.identity()));
    }

    /** A secret that was sealed elsewhere, or under another key, counts as not set. */
    private AccountValues opened(TenantId tenant, Row row) {
        var values = new HashMap<>(row.account().fields());
        row.secrets()
                .forEach((name, closed) -> sealer.open(
                                Base64.getDecoder().decode(closed),
                                tenant.value(),
                                row.account().carrier(),
                                name)
                        .ifPresent(secret -> values.put(name, secret)));
        return new AccountValues(values);
    }

    private Row changed(TenantId tenant, AccountForm<?> form, Row stored, Change change) {
        var before = stored.account();
        var fields = new TreeMap<>(before.fields());
        var secrets = new TreeMap<>(stored.secrets());
        change.fields().forEach((name, fieldChange) -> {
            var field = form.field(name).orElseThrow(() -> new IllegalArgumentException("No field " + name));
            var values = field.secret() ? secrets : fields;
            switch (fieldChange) {
                case FieldChange.Keep _ -> {}
                case FieldChange.Remove _ -> values.remove(name);
                case FieldChange.Set(var value) ->
                    values.put(name, field.secret() ? seal(value, tenant, before.carrier(), name) : value);
            }
        });
        var after = new CarrierAccount(
                before.id(),
                before.carrier(),
                change.disabled() == null ? before.disabled() : change.disabled(),
                change.channels() == null ? before.channels() : change.channels(),
                fields,
                Set.copyOf(secrets.keySet()),
                before.createdAt(),
                clock.instant());
        return new Row(after, secrets, stored.receiptSalt());
    }

    private String seal(String value, TenantId tenant, String carrier, String name) {
        return Base64.getEncoder().encodeToString(sealer.seal(value, tenant.value(), carrier, name));
    }

    private void forget(TenantId tenant) {
        AfterCommit.forget(() -> held.forget(tenant));
    }
}
