package io.ringcode.log.chain;

import static java.time.ZoneOffset.UTC;

import io.ringcode.tenant.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tables of places and hashes. */
@Component
class ChainTable {
    /** Any number that nothing else locks. */
    private static final long LOCK = 7_464_263_302L;

    private final JdbcClient db;

    ChainTable(JdbcClient db) {
        this.db = db;
    }

    /** @return whether nobody else gives places until this transaction ends */
    boolean lock() {
        return db.sql("SELECT pg_try_advisory_xact_lock(:lock)")
                .param("lock", LOCK)
                .query(Boolean.class)
                .single();
    }

    /**
     * What is lost with the database's last second is made again, and is the same. Heads are signed in transactions of their own, which
     * wait for the disk.
     */
    void doNotWaitForTheDisk() {
        db.sql("SET LOCAL synchronous_commit = off").update();
    }

    /**
     * Of a partition that is new PostgreSQL has no statistics, and would read all of it rather than what an index finds, by several processes that are
     * started for it each time.
     */
    void readByIndexAlone() {
        db.sql(
                        "SELECT set_config('enable_seqscan', 'off', true), set_config('max_parallel_workers_per_gather', '0', true)")
                .query((_, _) -> true)
                .single();
    }

    /**
     * @param oldest of the transactions that may still write
     * @param next which no transaction has yet
     */
    record Horizon(long oldest, long next) {}

    Horizon horizon() {
        return db.sql("""
                SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS oldest,
                       pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS next
                """)
                .query((row, _) -> new Horizon(row.getLong("oldest"), row.getLong("next")))
                .single();
    }

    Optional<ChainEpoch> era() {
        return db.sql(
                        "SELECT era, written_from, reached, after_id, top_id FROM log_chain_era ORDER BY era DESC LIMIT 1")
                .query((row, _) -> new ChainEpoch(
                        row.getInt("era"),
                        row.getLong("written_from"),
                        row.getLong("reached"),
                        row.getString("after_id"),
                        row.getString("top_id")))
                .optional();
    }

    /** Lines of transactions before this one are older than the chain. */
    long begins() {
        return db.sql("SELECT coalesce(min(written_from), 0) FROM log_chain_era WHERE era = 1")
                .query(Long.class)
                .single();
    }

    void begin(ChainEpoch era, Instant now) {
        db.sql("""
                INSERT INTO log_chain_era (era, written_from, reached, after_id, top_id, began_at)
                VALUES (:era, :from, :reached, :after, :top, :now)
                """)
                .param("era", era.number())
                .param("from", era.from())
                .param("reached", era.reached())
                .param("after", era.afterId())
                .param("top", era.topId())
                .param("now", now.atOffset(UTC))
                .update();
    }

    void reached(ChainEpoch era) {
        db.sql("UPDATE log_chain_era SET reached = :reached, top_id = :top WHERE era = :era")
                .param("era", era.number())
                .param("reached", era.reached())
                .param("top", era.topId())
                .update();
    }

    /** Whether transactions before this one have written more than so many lines. */
    boolean isLonger(long before, int lines) {
        return db.sql("SELECT count(*) FROM (SELECT FROM log_line WHERE written < :before LIMIT :most) AS few")
                        .param("before", before)
                        .param("most", lines + 1)
                        .query(Integer.class)
                        .single()
                > lines;
    }

    /** The first transaction that is too much for one run after those before it, if there is one before {@code until}. */
    Optional<Long> border(ChainEpoch era, long until, int lines) {
        return db.sql("""
                SELECT written FROM log_line
                 WHERE written >= :from AND written < :until AND id COLLATE "C" > :after ORDER BY written OFFSET :lines LIMIT 1
                """)
                .param("from", era.reached())
                .param("until", until)
                .param("after", era.afterId())
                .param("lines", lines)
                .query(Long.class)
                .optional();
    }

    /** Of these tenants; those without a line are missing. */
    Map<TenantId, ChainEnd> ends(Collection<TenantId> tenants) {
        var ends = new HashMap<TenantId, ChainEnd>();
        db.sql("""
                SELECT tenant.id, newest.place + newest.lines - 1 AS place,
                       substring(newest.hashes FROM newest.lines * 32 - 31 FOR 32) AS hash
                  FROM unnest(:tenants) AS tenant (id),
                       LATERAL (SELECT place, lines, hashes FROM log_chain WHERE tenant_id = tenant.id
                                 ORDER BY place DESC LIMIT 1) AS newest
                """)
                .param("tenants", tenants.stream().map(TenantId::value).toArray(String[]::new))
                .query(row -> {
                    ends.put(
                            new TenantId(row.getString("id")),
                            new ChainEnd(row.getLong("place"), row.getBytes("hash")));
                });
        return ends;
    }

    /** Of one run, which went from the transaction {@code from} to the one before {@code until}. */
    void insert(List<Segment> segments, int era, long from, long until, Instant now) {
        db.sql("""
                INSERT INTO log_chain (tenant_id, place, lines, era, written_from, written_until, low_id, top_id, previous, hashes,
                                       placed_at)
                SELECT tenant_id, place, lines, :era, :from, :until, low_id, top_id, previous, hashes, :now
                  FROM unnest(:tenants, :places, :lines, :low, :top, :previous, :hashes)
                    AS segment (tenant_id, place, lines, low_id, top_id, previous, hashes)
                """)
                .param("era", era)
                .param("from", from)
                .param("until", until)
                .param("now", now.atOffset(UTC))
                .param(
                        "tenants",
                        segments.stream().map(one -> one.tenant().value()).toArray(String[]::new))
                .param("places", segments.stream().map(Segment::place).toArray(Long[]::new))
                .param("lines", segments.stream().map(Segment::lines).toArray(Integer[]::new))
                .param("low", segments.stream().map(Segment::lowId).toArray(String[]::new))
                .param("top", segments.stream().map(Segment::topId).toArray(String[]::new))
                .param("previous", segments.stream().map(Segment::previous).toArray(byte[][]::new))
                .param("hashes", segments.stream().map(Segment::hashes).toArray(byte[][]::new))
                .update();
    }
}
