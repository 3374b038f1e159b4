package io.ringcode.masterkey;

import static java.time.ZoneOffset.UTC;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The master keys of this installation by their ids, and the servers that know them. */
@Component
class MasterKeyTable {
    /** Any number that nothing else locks. */
    private static final long LOCK = 7_464_263_301L;

    /** A server that was not heard of for so long is gone; each is heard of every five seconds. */
    private static final String SILENCE = "30 seconds";

    /** @param emptyAt since when no stored value is under it; null while there may be some */
    @SuppressWarnings("ArrayRecordComponent") // as JDBC gives it; never compared
    record Known(
            String id,
            boolean first,
            byte @Nullable [] rootSealed,
            Instant activeAt,
            @Nullable Instant emptyAt) {}

    /** The migration that came with marks. */
    private static final int FIRST_SCHEMA = 92;

    private final JdbcClient db;

    MasterKeyTable(JdbcClient db) {
        this.db = db;
    }

    /** One server at a time decides, or says for the first time what it knows, until its transaction ends. */
    void lock() {
        db.sql("SELECT pg_advisory_xact_lock(:lock)")
                .param("lock", LOCK)
                .query()
                .singleRow();
    }

    /** The one that seals now comes first. */
    List<Known> all() {
        return db.sql("""
                SELECT id, is_first, hash_root_sealed, active_at, empty_at FROM master_key ORDER BY active_at DESC, id
                """).query((row, _) -> known(row)).list();
    }

    /** From now on this one seals, since it is the newest. */
    void add(String id, boolean first, byte @Nullable [] rootSealed, Instant now) {
        db.sql("""
                INSERT INTO master_key (id, is_first, hash_root_sealed, active_at)
                SELECT :id, :first, :root, greatest(:now, max(active_at) + interval '1 millisecond') FROM master_key
                """)
                .param("id", id)
                .param("first", first)
                .param("root", rootSealed)
                .param("now", now.atOffset(UTC))
                .update();
    }

    /**
     * Programs that know one master key and no marks start no more: they could open nothing that is new, and would seal under an older key for
     * good.
     */
    void keepOlderProgramsAway() {
        db.sql("UPDATE schema_floor SET version = :first WHERE version < :first")
                .param("first", FIRST_SCHEMA)
                .update();
    }

    /** @return whether that was not known before */
    boolean empty(String active, Instant now) {
        return db.sql("UPDATE master_key SET empty_at = :now WHERE id <> :active AND empty_at IS NULL")
                        .param("active", active)
                        .param("now", now.atOffset(UTC))
                        .update()
                > 0;
    }

    /** Takes back what was said since this key seals: there is a value under an older one after all. */
    void notEmpty(String active) {
        db.sql("""
                UPDATE master_key SET empty_at = NULL
                 WHERE id <> :active AND empty_at >= (SELECT active_at FROM master_key WHERE id = :active)
                """).param("active", active).update();
    }

    /** A server says that it runs. By the database's clock: the machines' may differ. */
    void here(UUID server, String name, Collection<String> known, String active) {
        db.sql("""
                INSERT INTO master_key_server (id, name, known, active, seen_at)
                VALUES (:id, :name, :known, :active, clock_timestamp())
                ON CONFLICT (id) DO UPDATE
                   SET known = excluded.known, active = excluded.active, seen_at = excluded.seen_at
                """)
                .param("id", server)
                .param("name", name)
                .param("known", known.toArray(String[]::new))
                .param("active", active)
                .update();
        db.sql("DELETE FROM master_key_server WHERE seen_at < clock_timestamp() - interval '1 hour'")
                .update();
    }

    void gone(UUID server) {
        db.sql("DELETE FROM master_key_server WHERE id = :id")
                .param("id", server)
                .update();
    }

    /** The names of servers that run and do not know a key yet. */
    List<String> without(String key) {
        return db.sql("""
                SELECT name FROM master_key_server
                 WHERE seen_at > clock_timestamp() - :silence::interval AND NOT :key = ANY (known) ORDER BY name
                """)
                .param("silence", SILENCE)
                .param("key", key)
                .query((row, _) -> row.getString("name"))
                .list();
    }

    /** Whether every server that runs seals with this key. */
    boolean sealsEverywhere(String key) {
        return db.sql("""
                SELECT count(*) FROM master_key_server
                 WHERE seen_at > clock_timestamp() - :silence::interval AND active <> :key
                """)
                        .param("silence", SILENCE)
                        .param("key", key)
                        .query(Long.class)
                        .single()
                == 0;
    }

    private static Known known(ResultSet row) throws SQLException {
        var empty = row.getObject("empty_at", OffsetDateTime.class);
        return new Known(
                row.getString("id"),
                row.getBoolean("is_first"),
                row.getBytes("hash_root_sealed"),
                row.getObject("active_at", OffsetDateTime.class).toInstant(),
                empty == null ? null : empty.toInstant());
    }
}
