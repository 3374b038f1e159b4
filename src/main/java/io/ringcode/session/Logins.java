package io.ringcode.session;

import static java.time.ZoneOffset.UTC;

import io.ringcode.client.ClientId;
import io.ringcode.factor.Amr;
import io.ringcode.factor.AuthenticatorId;
import io.ringcode.secret.KeyedHash;
import io.ringcode.secret.Keyring;
import io.ringcode.secret.RandomText;
import io.ringcode.secret.Sealer;
import io.ringcode.secret.TimedId;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectMapper;

/** Sign-ins under way. Each belongs to the browser that began it: its state is no use in another. */
@Component
public class Logins {
    /** From the application's request to the answer. */
    private static final Duration LIFE = Duration.ofHours(1);

    /** From the first factor to the end (NIST SP 800-63B-4 section 3.1.3.2). */
    private static final Duration PROVEN = Duration.ofMinutes(10);

    /** How long after the first answer the same browser gets another, and how many there are. */
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private static final int ANSWERS = 5;

    private static final TypeReference<Map<String, String>> REQUEST = new TypeReference<>() {};

    private static final String COLUMNS =
            "id, client_id, wish, request, user_id, user_stamp, amr, decided_sealed, progress_sealed, done_at, lost_enrollment";
    private static final String OURS = """
            WHERE tenant_id = :tenant AND state_hash = :state AND browser_hash = :browser AND expires_at > :now
              AND (user_id IS NULL OR EXISTS (
                   SELECT 1 FROM user_standing
                    WHERE user_standing.tenant_id = :tenant AND user_standing.id = user_id AND security_stamp = user_stamp))
            """;

    private final JdbcClient db;
    private final KeyedHash hash;
    private final Sealer sealer;
    private final RandomText random;
    private final ObjectMapper json;
    private final Clock clock;

    Logins(JdbcClient db, Keyring keys, RandomText random, ObjectMapper json, Clock clock) {
        this.db = db;
        this.hash = keys.hash("login");
        this.sealer = keys.sealer("login");
        this.random = random;
        this.json = json;
        this.clock = clock;
    }

    public Login begin(
            TenantId tenant,
            String browser,
            @Nullable ClientId client,
            LoginRequest loginRequest,
            Map<String, String> request,
            @Nullable KnownUser known) {
        return begin(tenant, browser, client, loginRequest, request, known, null);
    }

    /**
     * @param browser the secret that the browser has in its cookie
     * @param known who is known already, by a session or by the application's word; null for nobody
     * @param decision what was decided of a known user already; null for nothing
     */
    public Login begin(
            TenantId tenant,
            String browser,
            @Nullable ClientId client,
            LoginRequest loginRequest,
            Map<String, String> request,
            @Nullable KnownUser known,
            @Nullable SignInDecision decision) {
        var now = clock.instant();
        var user = known == null ? null : known.id();
        var stamp = known == null ? 0 : known.stamp();
        var amr = known == null ? Amr.NONE : known.amr();
        var login = new Login(
                tenant,
                random.mixed(32),
                TimedId.at(now),
                client,
                loginRequest,
                request,
                user,
                stamp,
                amr,
                decision,
                null,
                null,
                null);
        db.sql("""
                INSERT INTO login (tenant_id, state_hash, id, browser_hash, client_id, wish, request, user_id,
                                   user_stamp, amr, decided_sealed, expires_at)
                VALUES (:tenant, :state, :id, :browser, :client, :wish::jsonb, :request::jsonb, :user, :stamp, :amr, :decided,
                        :expires)
                """)
                .param("tenant", tenant.value())
                .param("state", hashed(tenant, login.state()))
                .param("id", login.id())
                .param("browser", hashed(tenant, browser))
                .param("client", client == null ? null : client.value())
                .param("wish", json.writeValueAsString(loginRequest))
                .param("request", json.writeValueAsString(request))
                .param("user", user == null ? null : user.value())
                .param("stamp", stamp)
                .param("amr", amr.methods().toArray(String[]::new))
                .param("decided", sealed(login))
                .param("expires", now.plus(LIFE).atOffset(UTC))
                .update();
        return login;
    }

    /** Begins anew for somebody else in the same browser; the old one is over. */
    public Login startOver(Login login, String browser) {
        var fresh = begin(
                login.tenant(), browser, login.client(), login.loginRequest().forAnybody(), login.request(), null);
        db.sql("DELETE FROM login WHERE tenant_id = :tenant AND state_hash = :state")
                .param("tenant", login.tenant().value())
                .param("state", hashed(login.tenant(), login.state()))
                .update();
        return fresh;
    }

    /** @return empty when it is unknown, another browser's, or too old: whoever asks must not learn which */
    public Optional<Login> find(TenantId tenant, String state, String browser) {
        return query("SELECT " + COLUMNS + " FROM login " + OURS, tenant, state, browser);
    }

    /** As it is now. */
    public Optional<Login> again(Login login) {
        return db.sql("SELECT " + COLUMNS + " FROM login WHERE tenant_id = :tenant AND state_hash = :state")
                .param("tenant", login.tenant().value())
                .param("state", hashed(login.tenant(), login.state()))
                .query((row, _) -> read(login.tenant(), login.state(), row))
                .optional();
    }

    /** As it is now, with nobody else changing it until the end of the transaction. */
    public Optional<Login> hold(Login login) {
        return db.sql("SELECT " + COLUMNS + " FROM login WHERE tenant_id = :tenant AND state_hash = :state FOR UPDATE")
                .param("tenant", login.tenant().value())
                .param("state", hashed(login.tenant(), login.state()))
                .query((row, _) -> read(login.tenant(), login.state(), row))
                .optional();
    }

    /** Stores how far it has come. From the first time on, little time is left. */
    public void save(Login login) {
        var user = login.user();
        var progress = login.progress();
        var doneAt = login.doneAt();
        db.sql("""
                UPDATE login SET user_id = :user, user_stamp = :stamp, amr = :amr, decided_sealed = :decided,
                       progress_sealed = :progress, done_at = :done, lost_enrollment = :lost, expires_at = LEAST(expires_at, :proven)
                 WHERE tenant_id = :tenant AND state_hash = :state
                """)
                .param("tenant", login.tenant().value())
                .param("state", hashed(login.tenant(), login.state()))
                .param("user", user == null ? null : user.value())
                .param("proven", clock.instant().plus(PROVEN).atOffset(UTC))
                .param("stamp", login.stamp())
                .param("amr", login.amr().methods().toArray(String[]::new))
                .param("decided", sealed(login))
                .param("progress", progress == null ? null : sealer.seal(progress, context(login.tenant(), login.id())))
                .param("lost", login.lost() == null ? null : login.lost().value())
                .param("done", doneAt == null ? null : doneAt.atOffset(UTC), java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
    }

    /**
     * The end: whoever gets it answers the application. A form that is sent once more while the application still thinks
     * needs an answer of its own, as the browser has dropped the first: so for a moment, and some times, there is another.
     */
    public Optional<Login> take(TenantId tenant, String state, String browser) {
        return query(
                "UPDATE login SET answers = answers + 1, expires_at = LEAST(expires_at, :again) " + OURS
                        + " AND done_at IS NOT NULL AND answers < " + ANSWERS + " RETURNING " + COLUMNS,
                tenant,
                state,
                browser);
    }

    private Optional<Login> query(String sql, TenantId tenant, String state, String browser) {
        return db.sql(sql)
                .param("again", clock.instant().plus(AGAIN).atOffset(UTC))
                .param("tenant", tenant.value())
                .param("state", hashed(tenant, state))
                .param("browser", hashed(tenant, browser))
                .param("now", clock.instant().atOffset(UTC))
                .query((row, _) -> read(tenant, state, row))
                .optional();
    }

    private Login read(TenantId tenant, String state, ResultSet row) throws SQLException {
        var id = row.getObject("id", UUID.class);
        var client = row.getString("client_id");
        var user = row.getString("user_id");
        var decided = row.getBytes("decided_sealed");
        var progress = row.getBytes("progress_sealed");
        var done = row.getObject("done_at", OffsetDateTime.class);
        var lost = row.getString("lost_enrollment");
        return new Login(
                tenant,
                state,
                id,
                client == null ? null : new ClientId(client),
                json.readValue(row.getString("wish"), LoginRequest.class),
                json.readValue(row.getString("request"), REQUEST),
                user == null ? null : new UserId(user),
                row.getLong("user_stamp"),
                new Amr(List.of((String[]) row.getArray("amr").getArray())),
                decided == null
                        ? null
                        : json.readValue(sealer.openOwn(decided, decision(tenant, id)), SignInDecision.class),
                progress == null ? null : sealer.openOwn(progress, context(tenant, id)),
                done == null ? null : done.toInstant(),
                lost == null ? null : new AuthenticatorId(lost));
    }

    private byte @Nullable [] sealed(Login login) {
        var decision = login.decision();
        return decision == null
                ? null
                : sealer.seal(json.writeValueAsString(decision), decision(login.tenant(), login.id()));
    }

    private static String[] decision(TenantId tenant, UUID id) {
        return new String[] {tenant.value(), id.toString(), "decision"};
    }

    private static String[] context(TenantId tenant, UUID id) {
        return new String[] {tenant.value(), id.toString()};
    }

    private byte[] hashed(TenantId tenant, String secret) {
        return hash.of(tenant.value(), secret);
    }
}
