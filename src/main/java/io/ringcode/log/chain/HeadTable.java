package io.ringcode.log.chain;

import static java.time.ZoneOffset.UTC;

import io.ringcode.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of signed heads. */
@Component
class HeadTable {
    private final JdbcClient db;

    HeadTable(JdbcClient db) {
        this.db = db;
    }

    /** Of the tenants that have lines behind their last head, or no head yet. */
    Map<TenantId, ChainEnd> unsigned() {
        var ends = new HashMap<TenantId, ChainEnd>();
        db.sql("""
                SELECT tenant.id, newest.place + newest.lines - 1 AS place,
                       substring(newest.hashes FROM newest.lines * 32 - 31 FOR 32) AS hash
                  FROM known_tenant AS tenant,
                       LATERAL (SELECT place, lines, hashes FROM log_chain WHERE tenant_id = tenant.id
                                 ORDER BY place DESC LIMIT 1) AS newest
                 WHERE NOT EXISTS (SELECT FROM log_head
                                    WHERE tenant_id = tenant.id AND log_head.place >= newest.place + newest.lines - 1)
                """).query(row -> {
            ends.put(new TenantId(row.getString("id")), new ChainEnd(row.getLong("place"), row.getBytes("hash")));
        });
        return ends;
    }

    void insert(SignedHead head) {
        db.sql("""
                INSERT INTO log_head (tenant_id, place, hash, signed_at, jws) VALUES (:tenant, :place, :hash, :at, :jws)
                ON CONFLICT DO NOTHING
                """)
                .param("tenant", head.tenant().value())
                .param("place", head.place())
                .param("hash", head.hash())
                .param("at", head.signedAt().atOffset(UTC))
                .param("jws", head.jws())
                .update();
    }

    void deleteBefore(TenantId tenant, long place) {
        db.sql("DELETE FROM log_head WHERE tenant_id = :tenant AND place < :place")
                .param("tenant", tenant.value())
                .param("place", place)
                .update();
    }

    /** @param before the place that they stand before, the newest first */
    List<SignedHead> list(TenantId tenant, long before, int size) {
        return db.sql("""
                SELECT tenant_id, place, hash, signed_at, jws FROM log_head
                 WHERE tenant_id = :tenant AND place < :before ORDER BY place DESC LIMIT :size
                """)
                .param("tenant", tenant.value())
                .param("before", before)
                .param("size", size)
                .query((row, _) -> head(row))
                .list();
    }

    static SignedHead head(ResultSet row) throws SQLException {
        return new SignedHead(
                new TenantId(row.getString("tenant_id")),
                row.getLong("place"),
                row.getBytes("hash"),
                row.getObject("signed_at", OffsetDateTime.class).toInstant(),
                row.getString("jws"));
    }
}
