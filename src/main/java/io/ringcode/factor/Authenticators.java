package io.ringcode.factor;

import static java.time.ZoneOffset.UTC;

import io.ringcode.batch.BatchedLookup;
import io.ringcode.batch.GroupCommits;
import io.ringcode.client.Caller;
import io.ringcode.client.ClientId;
import io.ringcode.factor.AuthenticatorEvent.AuthenticatorRemoved;
import io.ringcode.factor.AuthenticatorEvent.By;
import io.ringcode.factor.AuthenticatorEvent.EnrollmentStarted;
import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import io.ringcode.user.UserId;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The authenticators of users, as sign-ins need them. Whatever writes runs in its caller's transaction. */
@Component
public class Authenticators {
    /** How many phones and apps of a user may wait for their first code. */
    public static final int MOST_UNCONFIRMED = 5;

    private final JdbcClient db;
    private final AuthenticatorRows rows;
    private final AuthenticatorSecrets secrets;
    private final Tenants tenants;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final BatchedLookup<UserKey, List<Authenticator>> lookup;

    Authenticators(
            JdbcClient db,
            AuthenticatorRows rows,
            AuthenticatorSecrets secrets,
            Tenants tenants,
            ApplicationEventPublisher events,
            Clock clock,
            GroupCommits commits) {
        this.db = db;
        this.rows = rows;
        this.secrets = secrets;
        this.tenants = tenants;
        this.events = events;
        this.clock = clock;
        this.lookup = commits.lookup("authenticators", this::list);
    }

    /** What a user has, and what of it counts now. */
    public UsableFactors of(TenantId tenant, UserId user) {
        return new UsableFactors(
                settings(tenant),
                lookup.find(new UserKey(tenant, user)).orElse(List.of()),
                PasskeyPolicy.of(tenants.settings(tenant)).sufficient(null, clock.instant()));
    }

    /** The same under what this application requires. */
    public UsableFactors of(TenantId tenant, UserId user, ClientId client) {
        var policy = PasskeyPolicy.of(tenants.settings(tenant));
        return of(tenant, user).under(policy.sufficient(client, clock.instant()));
    }

    /** What the tenant has switched on. */
    public Factors settings(TenantId tenant) {
        return Factors.of(tenants.settings(tenant));
    }

    private record UserKey(TenantId tenant, UserId user) {}

    private Map<UserKey, List<Authenticator>> list(List<UserKey> users) {
        var lists = new HashMap<UserKey, List<Authenticator>>();
        db.sql("SELECT tenant_id, " + AuthenticatorRows.COLUMNS + """
                  FROM unnest(:tenants::text[], :users::text[]) AS asked (in_tenant, of_user)
                  JOIN enrollment ON tenant_id = in_tenant AND user_id = of_user
                 ORDER BY last_auth_at DESC NULLS LAST, created_at, id
                """)
                .param(
                        "tenants",
                        users.stream().map(key -> key.tenant().value()).toArray(String[]::new))
                .param("users", users.stream().map(key -> key.user().value()).toArray(String[]::new))
                .query(row -> {
                    var tenant = new TenantId(row.getString("tenant_id"));
                    var authenticator = rows.read(tenant, row);
                    lists.computeIfAbsent(
                                    new UserKey(tenant, authenticator.binding().user()), _ -> new ArrayList<>())
                            .add(authenticator);
                });
        return lists;
    }

    /** What the tenant's actions said of a number that is to be bound. */
    public enum NumberCheckResult {
        PASSED,
        /** There was none to be asked. */
        NOT_ASKED
    }

    /**
     * Binds a phone to a user, to be confirmed by a code. A number that already waits keeps its row, and with it the
     * count of wrong guesses.
     *
     * @param login the sign-in that binds it
     */
    public Authenticator.Phone bindPhone(
            Caller caller,
            UserId user,
            UUID login,
            PhoneNumber number,
            NumberCheckResult check,
            Channel channel,
            Instant now) {
        var tenant = caller.tenant();
        makeRoom(tenant, user);
        var fresh = secrets.newId();
        var id = new AuthenticatorId(db.sql("""
                WITH waiting AS (
                    UPDATE enrollment SET channel = :channel, bound_in = :login, number_checked_at = :checked
                     WHERE tenant_id = :tenant AND user_id = :user AND phone_index = ANY(:indexes) AND confirmed_at IS NULL
                    RETURNING id
                ), bound AS (
                    INSERT INTO enrollment (tenant_id, id, user_id, kind, phone_sealed, phone_index, phone_tail, channel,
                                            bound_in, created_at, number_checked_at)
                    SELECT :tenant, :id, :user, 'phone', :sealed, :index, :tail, :channel, :login, :now, :checked
                     WHERE NOT EXISTS (SELECT 1 FROM waiting)
                    RETURNING id
                )
                SELECT id FROM waiting UNION ALL SELECT id FROM bound
                """)
                .param("tenant", tenant.value())
                .param("user", user.value())
                .param("index", secrets.index(tenant, number))
                .param("indexes", secrets.indexes(tenant, number))
                .param("tail", secrets.tail(tenant, number.e164()))
                .param("id", fresh.value())
                .param("sealed", secrets.seal(tenant, fresh, number))
                .param("channel", channel.wire())
                .param("login", login)
                .param("now", now.atOffset(UTC))
                .param(
                        "checked",
                        switch (check) {
                            case PASSED -> now.atOffset(UTC);
                            case NOT_ASKED -> null;
                        },
                        Types.TIMESTAMP_WITH_TIMEZONE)
                .query(String.class)
                .list()
                .getFirst());
        events.publishEvent(new EnrollmentStarted(caller, user, id, channel.wire(), number.masked()));
        var binding = new Authenticator.Binding(id, user, null, false, now, null, null, login);
        return new Authenticator.Phone(binding, number, channel);
    }

    /** An action does not trust the number, so that it is not bound by a code that it got before. */
    public void numberRefused(TenantId tenant, UserId user, PhoneNumber number) {
        db.sql("""
                UPDATE enrollment SET number_checked_at = NULL
                 WHERE tenant_id = :tenant AND user_id = :user AND phone_index = ANY(:indexes) AND confirmed_at IS NULL
                """)
                .param("tenant", tenant.value())
                .param("user", user.value())
                .param("indexes", secrets.indexes(tenant, number))
                .update();
    }

    /** Whether its owner said that it is lost, or somebody else's. */
    public boolean isDenied(TenantId tenant, AuthenticatorId id) {
        return db.sql("SELECT EXISTS (SELECT FROM enrollment WHERE tenant_id = :tenant AND id = :id AND denied)")
                .param("tenant", tenant.value())
                .param("id", id.value())
                .query(Boolean.class)
                .single();
    }

    /** Whether the tenant's actions have let the number of a phone be trusted before it was bound. */
    public boolean isNumberChecked(TenantId tenant, AuthenticatorId id) {
        return db.sql("""
                SELECT EXISTS (SELECT FROM enrollment WHERE tenant_id = :tenant AND id = :id AND number_checked_at IS NOT NULL)
                """)
                .param("tenant", tenant.value())
                .param("id", id.value())
                .query(Boolean.class)
                .single();
    }

    /**
     * Lets the oldest that wait for their first code go, so that there is room for one more. The user is held, because of two
     * that are bound at once neither sees the other. One whose code is being judged is left alone, and not waited for.
     */
    private void makeRoom(TenantId tenant, UserId user) {
        hold(tenant, user);
        db.sql("""
                DELETE FROM enrollment WHERE tenant_id = :tenant AND id IN (
                    SELECT id FROM enrollment
                     WHERE tenant_id = :tenant AND user_id = :user AND kind IN ('phone', 'totp') AND confirmed_at IS NULL
                     ORDER BY created_at DESC, id DESC OFFSET :most
                       FOR UPDATE SKIP LOCKED)
                """)
                .param("tenant", tenant.value())
                .param("user", user.value())
                .param("most", MOST_UNCONFIRMED - 1)
                .update();
    }

    /** Lets nobody else bind anything to this user until the end of the transaction. */
    void hold(TenantId tenant, UserId user) {
        db.sql("SELECT id FROM app_user WHERE tenant_id = :tenant AND id = :user FOR NO KEY UPDATE")
                .param("tenant", tenant.value())
                .param("user", user.value())
                .query(String.class)
                .optional();
    }

    /** An app's id and its seed, in Base32, shown to the user this once. */
    public record NewApp(AuthenticatorId id, String seed) {}

    /** @param login the sign-in that binds it, and the only one that can confirm it */
    public NewApp bindApp(Caller caller, UserId user, UUID login, Instant now) {
        var tenant = caller.tenant();
        makeRoom(tenant, user);
        var app = new NewApp(secrets.newId(), secrets.newSeed());
        db.sql("""
                INSERT INTO enrollment (tenant_id, id, user_id, kind, secret_sealed, bound_in, created_at)
                VALUES (:tenant, :id, :user, 'totp', :sealed, :login, :now)
                """)
                .param("tenant", tenant.value())
                .param("id", app.id().value())
                .param("user", user.value())
                .param("sealed", secrets.sealSeed(tenant, app.id(), app.seed()))
                .param("login", login)
                .param("now", now.atOffset(UTC))
                .update();
        events.publishEvent(new EnrollmentStarted(caller, user, app.id(), FactorKind.APP.setting(), null));
        return app;
    }

    /**
     * A user whose last phone or app goes is no longer enrolled, and the recovery code goes with it. Only an administrator removes a
     * recovery code that its owner denied: else whoever made it would make another.
     */
    public boolean remove(Caller caller, UserId user, AuthenticatorId id, By by) {
        var removed = db.sql("""
                WITH gone AS (
                    DELETE FROM enrollment
                     WHERE tenant_id = :tenant AND user_id = :user AND id = :id
                       AND (NOT denied OR kind <> 'recovery-code' OR :administrator)
                    RETURNING id
                ), orphaned AS (
                    DELETE FROM enrollment
                     WHERE tenant_id = :tenant AND user_id = :user AND kind = 'recovery-code' AND id <> :id
                       AND EXISTS (SELECT 1 FROM gone)
                       AND NOT EXISTS (SELECT 1 FROM enrollment other
                                        WHERE tenant_id = :tenant AND user_id = :user AND id <> :id AND {enrolls})
                )
                SELECT count(*) FROM gone
                """.replace("{enrolls}", AuthenticatorRows.ENROLLS))
                        .param("tenant", caller.tenant().value())
                        .param("user", user.value())
                        .param("id", id.value())
                        .param("administrator", by == By.ADMINISTRATOR)
                        .query(Integer.class)
                        .single()
                == 1;
        if (removed) events.publishEvent(new AuthenticatorRemoved(caller, user, id, by));
        return removed;
    }

    /** @return those of {@code users} who are enrolled */
    public Set<UserId> enrolledAmong(TenantId tenant, Set<UserId> users) {
        if (users.isEmpty()) return Set.of();
        return db
                .sql("""
                SELECT DISTINCT user_id FROM enrollment
                 WHERE tenant_id = :tenant AND user_id = ANY (:users) AND\s""" + AuthenticatorRows.ENROLLS)
                .param("tenant", tenant.value())
                .param("users", users.stream().map(UserId::value).toArray(String[]::new))
                .query((row, _) -> new UserId(row.getString("user_id")))
                .list()
                .stream()
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a user is enrolled by something else than {@code one}. */
    public boolean enrolledBeside(TenantId tenant, UserId user, AuthenticatorId one) {
        return db.sql("""
                SELECT EXISTS (SELECT 1 FROM enrollment WHERE tenant_id = :tenant AND user_id = :user AND id <> :id AND {enrolls})
                """.replace("{enrolls}", AuthenticatorRows.ENROLLS))
                .param("tenant", tenant.value())
                .param("user", user.value())
                .param("id", one.value())
                .query(Boolean.class)
                .single();
    }
}
