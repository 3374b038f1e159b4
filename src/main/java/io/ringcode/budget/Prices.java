package io.ringcode.budget;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.ringcode.database.AfterCommit;
import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.tenant.Recent;
import io.ringcode.tenant.TenantId;
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
 * tenant assumes. Reads are at most half a second old, on every server.
 */
@Component
public class Prices {
    private static final Logger LOG = LoggerFactory.getLogger(Prices.class);
    /** So many receipts outweigh a price list. */
    private static final int ENOUGH = 3;

    private final JdbcClient db;
    private final Recent<Of, Known> known = new Recent<>(this::load);

    /** Those with known prices. */
    private final Recent<TenantId, List<String>> carriers = new Recent<>(this::loadCarriers);

    /** By their text, since a list is read far more often than it changes. */
    private final LoadingCache<String, Optional<PriceList>> parsed = Caffeine.newBuilder()
            .maximumWeight(2_000_000) // characters
            .weigher((String csv, Optional<PriceList> _) -> csv.length())
            .build(Prices::parse);

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
        var known = this.known.get(new Of(tenant, carrier));
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
        return known.get(new Of(charge.tenant(), charge.carrier()))
                .price(charge.to(), charge.country(), charge.channel())
                .orElse(new Money(settings.assumedPrice()))
                .times(charge.segments());
    }

    /** The least that any carrier asks whose price is known. */
    Optional<Money> least(TenantId tenant, PhoneNumber to, Channel channel) {
        return carriers.get(tenant).stream()
                .flatMap(
                        carrier -> known.get(new Of(tenant, carrier)).price(to, Charge.countryOf(to), channel).stream())
                .min(Comparator.naturalOrder());
    }

    private List<String> loadCarriers(TenantId tenant) {
        return db.sql("""
                SELECT carrier FROM price_list WHERE tenant_id = :tenant
                UNION SELECT carrier FROM price_seen WHERE tenant_id = :tenant LIMIT 50
                """)
                .param("tenant", tenant.value())
                .query((row, _) -> row.getString("carrier"))
                .list();
    }

    private Known load(Of of) {
        return new Known(list(of), seen(of.tenant(), of.carrier()));
    }

    private Optional<PriceList> list(Of of) {
        return db.sql("SELECT lines FROM price_list WHERE tenant_id = :tenant AND carrier = :carrier")
                .param("tenant", of.tenant().value())
                .param("carrier", of.carrier())
                .query(String.class)
                .optional()
                .flatMap(parsed::get);
    }

    private static Optional<PriceList> parse(String csv) {
        try {
            return Optional.of(PriceList.parse(csv));
        } catch (PriceList.InvalidLine notOurs) {
            LOG.error("A stored price list cannot be read: {}", notOurs.getMessage());
            return Optional.empty();
        }
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
        AfterCommit.forget(() -> {
            known.forget(new Of(tenant, carrier));
            carriers.forget(tenant);
        });
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
