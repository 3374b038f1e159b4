package io.ringcode.upkeep;

import static java.time.ZoneOffset.UTC;

import io.ringcode.secret.TimedId;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Rows that mean nothing any more. Challenges are found by their key, which begins with the time of their login. Limits
 * and refresh tokens have no order of time and need no index for it: a walk along the primary key, some rows at a time,
 * comes by each of them in the end.
 */
@Component
class ExpiredRows implements Chore {
    private static final int BATCH = 1_000;
    private static final UUID START = new UUID(0, 0);

    /** A login and its code are over within minutes; a day leaves room for questions. */
    private static final Duration CHALLENGES_KEPT = Duration.ofDays(1);

    /** As long as Auth0 keeps them. */
    private static final Duration EXECUTIONS_KEPT = Duration.ofDays(10);

    private final JdbcClient db;
    private final Clock clock;
    private final Walk limits;
    private final Walk refreshTokens;
    private final Walk seenProofs;
    private final Walk tickets;
    private final Walk logins;
    private final Walk sessions;
    private final Walk browsers;
    private final Walk codes;
    private final Walk administratorLinks;

    ExpiredRows(JdbcClient db, Clock clock) {
        this.db = db;
        this.clock = clock;
        this.limits = new Walk("rate_limit", "kind, subject", "full_at");
        this.refreshTokens = new Walk("refresh_token", "hash", "expires_at");
        this.seenProofs = new Walk("seen_proof", "hash", "expires_at");
        this.tickets = new Walk("enrollment_ticket", "hash", "expires_at");
        this.logins = new Walk("login", "state_hash", "expires_at");
        this.sessions = new Walk("browser_session", "hash", "expires_at");
        this.browsers = new Walk("remembered_browser", "hash, user_id", "expires_at");
        this.administratorLinks = new Walk("administrator_link", "hash", "expires_at");
        this.codes = new Walk("authorization_code", "hash", "expires_at");
    }

    @Override
    public void run() {
        while (challenges() == BATCH) {
            // more of them
        }
        while (executions() == BATCH) {
            // more of them
        }
        limits.step();
        refreshTokens.step();
        seenProofs.step();
        tickets.step();
        logins.step();
        sessions.step();
        browsers.step();
        codes.step();
        administratorLinks.step();
    }

    private int challenges() {
        return db.sql("""
                DELETE FROM challenge USING (
                    SELECT old.tenant_id, old.transaction_id, old.enrollment_id
                      FROM tenant, LATERAL (
                           SELECT tenant_id, transaction_id, enrollment_id FROM challenge
                            WHERE tenant_id = tenant.id AND transaction_id > :start AND transaction_id < :horizon
                            ORDER BY transaction_id LIMIT :batch) AS old
                     LIMIT :batch) AS expired
                 WHERE challenge.tenant_id = expired.tenant_id AND challenge.transaction_id = expired.transaction_id
                   AND challenge.enrollment_id = expired.enrollment_id
                """)
                .param("start", START)
                .param("horizon", TimedId.floor(clock.instant().minus(CHALLENGES_KEPT)))
                .param("batch", BATCH)
                .update();
    }

    private int executions() {
        return db.sql("""
                DELETE FROM script_execution USING (
                    SELECT old.tenant_id, old.id
                      FROM tenant, LATERAL (
                           SELECT tenant_id, id FROM script_execution
                            WHERE tenant_id = tenant.id AND id < :horizon ORDER BY id LIMIT :batch) AS old
                     LIMIT :batch) AS expired
                 WHERE script_execution.tenant_id = expired.tenant_id AND script_execution.id = expired.id
                """)
                .param("horizon", TimedId.floor(clock.instant().minus(EXECUTIONS_KEPT)))
                .param("batch", BATCH)
                .update();
    }

    /** Goes once along a table's primary key, and begins anew at its end. */
    private final class Walk {
        private final String look;
        private final String delete;
        private List<Object> after = List.of();

        Walk(String table, String key, String expiry) {
            var whole = "tenant_id, " + key;
            var marks = "?" + ", ?".repeat(key.split(",", -1).length);
            this.look = "SELECT " + whole + " FROM " + table + " WHERE (" + whole + ") > (" + marks + ") ORDER BY "
                    + whole + " LIMIT " + BATCH;
            this.delete = "DELETE FROM " + table + " WHERE (" + whole + ") > (" + marks + ") AND (" + whole + ") <= ("
                    + marks + ") AND " + expiry + " < ?";
        }

        void step() {
            if (after.isEmpty()) after = beginning();
            var seen = db.sql(look)
                    .params(after)
                    .query((row, _) -> {
                        var columns = row.getMetaData().getColumnCount();
                        var key = new Object[columns];
                        for (int column = 0; column < columns; column++) key[column] = row.getObject(column + 1);
                        return List.of(key);
                    })
                    .list();
            if (seen.isEmpty()) {
                after = List.of();
                return;
            }
            var last = seen.getLast();
            var bounds = new java.util.ArrayList<>(after);
            bounds.addAll(last);
            bounds.add(clock.instant().atOffset(UTC));
            db.sql(delete).params(bounds).update();
            after = seen.size() < BATCH ? List.of() : last;
        }

        private List<Object> beginning() {
            if (look.contains("kind")) return List.of("", "", new byte[0]);
            return look.contains("user_id") ? List.of("", new byte[0], "") : List.of("", new byte[0]);
        }
    }
}
