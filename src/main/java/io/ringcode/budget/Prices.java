package io.ringcode.budget;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What messages cost: as the carrier's receipts told for that country and channel, else by the carrier's price list, else what the
 * tenant assumes. A price that has changed binds on every server within ten seconds.
 */
@Component
public class Prices {
    private static final Logger LOG = LoggerFactory.getLogger(Prices.class);
    private static final Duration FRESH = Duration.ofSeconds(10);
    /** So many receipts outweigh a price list. */
    private static final int ENOUGH = 3;

    private final JdbcClient db;
    private final Cache<Of, Known> cache =
            Caffeine.newBuilder().expireAfterWrite(FRESH).maximumSize(1_000).build();

    /** Those with known prices. */
    private final Cache<TenantId, List<String>> carriers =
            Caffeine.newBuilder().expireAfterWrite(FRESH).maximumSize(1_000).build();

    Prices(JdbcClient db) {
        this.db = db;
    }

    private record Of(TenantId tenant, String carrier) {}

    private record Known(Optional<PriceList> list, Map<String, Money> seen) {
        private Optional<Money> price(PhoneNumber to, String country, Channel channel) {
            var told = seen.get(channel.wire() + " " + country);
            return told != null ? Optional.of(told) : list.flatMap(all -> all.price(to, country, channel));
        }
    }

    /** What is known of a carrier's prices on a channel, country by country. */
    public KnownPrices ofCarrier(TenantId tenant, String carrier, Channel channel) {
        var known = known(tenant, carrier);
        var byCountry = new TreeMap<String, PriceRange>();
        known.list()
                .ifPresent(list -> list.countries(channel)
                        .forEach(country ->
                                list.ofCountry(country, channel).ifPresent(range -> byCountry.put(country, range))));
        known.seen().forEach((key, price) -> {
            if (key.startsWith(channel.wire() + " "))
                byCountry.put(key.substring(channel.wire().length() + 1), new PriceRange(price, price));
        });
        return new KnownPrices(byCountry, known.list().flatMap(list -> list.elsewhere(channel)));
    }

    /** A carrier's list as it was given. */
    public record StoredList(String carrier, String csv, Instant updatedAt) {}

    Money of(Charge charge, BudgetSettings settings) {
        return known(charge.tenant(), charge.carrier())
                .price(charge.to(), charge.country(), charge.channel())
                .orElse(new Money(settings.assumedPrice()))
                .times(charge.segments());
    }

    /** The least that any carrier asks whose price is known. */
    Optional<Money> least(TenantId tenant, PhoneNumber to, Channel channel) {
        return carriers.get(tenant, this::carriers).stream()
                .flatMap(carrier -> known(tenant, carrier).price(to, Charge.countryOf(to), channel).stream())
                .min(Comparator.naturalOrder());
    }

    private List<String> carriers(TenantId tenant) {
        return db.sql("""
                SELECT carrier FROM price_list WHERE tenant_id = :tenant
                UNION SELECT carrier FROM price_seen WHERE tenant_id = :tenant LIMIT 50
                """)
                .param("tenant", tenant.value())
                .query((row, _) -> row.getString("carrier"))
                .list();
    }

    private Known known(TenantId tenant, String carrier) {
        var of = new Of(tenant, carrier);
        var cached = cache.getIfPresent(of);
        if (cached != null) return cached;
        var read = new Known(list(tenant, carrier), seen(tenant, carrier));
        cache.put(of, read);
        return read;
    }

    private Optional<PriceList> list(TenantId tenant, String carrier) {
        return lists(tenant).stream()
                .filter(list -> list.carrier().equals(carrier))
                .findFirst()
                .flatMap(list -> {
                    try {
                        return Optional.of(PriceList.parse(list.csv()));
                    } catch (PriceList.InvalidLine notOurs) {
                        LOG.error("The price list of {} cannot be read: {}", carrier, notOurs.getMessage());
                        return Optional.empty();
                    }
                });
    }

    public List<StoredList> lists(TenantId tenant) {
        return db.sql("SELECT carrier, lines, updated_at FROM price_list WHERE tenant_id = :tenant ORDER BY carrier")
                .param("tenant", tenant.value())
                .query((row, _) -> new StoredList(
                        row.getString("carrier"),
                        row.getString("lines"),
                        row.getTimestamp("updated_at").toInstant()))
                .list();
    }

    private Map<String, Money> seen(TenantId tenant, String carrier) {
        var seen = new HashMap<String, Money>();
        db.sql("""
                SELECT channel, country, micros FROM price_seen
                 WHERE tenant_id = :tenant AND carrier = :carrier AND receipts >= :enough
                """)
                .param("tenant", tenant.value())
                .param("carrier", carrier)
                .param("enough", ENOUGH)
                .query(row -> {
                    seen.put(
                            Objects.requireNonNull(row.getString("channel")) + " " + row.getString("country"),
                            new Money(row.getLong("micros")));
                });
        return seen;
    }

    /** Stores a carrier's list in place of its last. What receipts told until then is forgotten. */
    public void set(TenantId tenant, String carrier, String csv, Instant now) {
        db.sql("""
                INSERT INTO price_list (tenant_id, carrier, lines, updated_at) VALUES (:tenant, :carrier, :lines, :now)
                ON CONFLICT (tenant_id, carrier) DO UPDATE SET lines = excluded.lines, updated_at = excluded.updated_at
                """)
                .param("tenant", tenant.value())
                .param("carrier", carrier)
                .param("lines", csv)
                .param("now", BudgetTable.utc(now))
                .update();
        forget(tenant, carrier);
    }

    /** @return false where there was none */
    public boolean remove(TenantId tenant, String carrier) {
        var there = db.sql("DELETE FROM price_list WHERE tenant_id = :tenant AND carrier = :carrier")
                        .param("tenant", tenant.value())
                        .param("carrier", carrier)
                        .update()
                > 0;
        forget(tenant, carrier);
        return there;
    }

    private void forget(TenantId tenant, String carrier) {
        db.sql("DELETE FROM price_seen WHERE tenant_id = :tenant AND carrier = :carrier")
                .param("tenant", tenant.value())
                .param("carrier", carrier)
                .update();
        cache.invalidate(new Of(tenant, carrier));
        carriers.invalidate(tenant);
    }

    /** Learns from a receipt: a moving average over about the last ten of a country and channel. */
    void saw(ChargeTable.Stored charge, Money paid, Instant now) {
        db.sql("""
                INSERT INTO price_seen AS seen (tenant_id, carrier, channel, country, micros, receipts, at)
                VALUES (:tenant, :carrier, :channel, :country, :micros, 1, :now)
                ON CONFLICT (tenant_id, carrier, channel, country) DO UPDATE
                   SET micros = seen.micros + (excluded.micros - seen.micros) / least(seen.receipts + 1, 10),
                       receipts = seen.receipts + 1, at = excluded.at
                """)
                .param("tenant", charge.tenant().value())
                .param("carrier", charge.carrier())
                .param("channel", charge.channel())
                .param("country", charge.country())
                .param("micros", paid.micros() / Math.max(1, charge.segments()))
                .param("now", BudgetTable.utc(now))
                .update();
    }
}
