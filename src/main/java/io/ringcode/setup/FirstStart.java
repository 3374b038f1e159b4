package io.ringcode.setup;

import static java.time.ZoneOffset.UTC;

import io.ringcode.administrator.Administrators;
import io.ringcode.authorization.GrantType;
import io.ringcode.authorization.SigningKeys;
import io.ringcode.client.Apis;
import io.ringcode.client.Client;
import io.ringcode.client.ClientGrants;
import io.ringcode.client.ClientId;
import io.ringcode.client.Clients;
import io.ringcode.client.Connections;
import io.ringcode.client.ManagementScopes;
import io.ringcode.masterkey.KeyTurn;
import io.ringcode.secret.Keyring;
import io.ringcode.secret.RandomText;
import io.ringcode.server.settings.Settings;
import io.ringcode.server.storage.DataFolder;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Fills an empty database, before the first request is taken and in one transaction: the default tenant, its signing
 * key, a management client. Several nodes may start at once; one of them does it.
 */
@Component
class FirstStart implements SmartInitializingSingleton {
    /** Any number that nothing else locks. */
    private static final long LOCK = 7_464_263_300L;

    private final JdbcClient db;
    private final Keyring keys;
    private final KeyTurn keyTurn;
    private final Tenants tenants;
    private final SigningKeys signingKeys;
    private final Clients clients;
    private final Connections connections;
    private final Apis apis;
    private final ClientGrants grants;
    private final Administrators administrators;
    private final Demo demo;
    private final Settings settings;
    private final DataFolder data;
    private final RandomText random;
    private final Clock clock;
    private final TransactionTemplate transactions;
    private @Nullable Credentials made;

    FirstStart(
            JdbcClient db,
            Keyring keys,
            KeyTurn keyTurn,
            Tenants tenants,
            SigningKeys signingKeys,
            Clients clients,
            Connections connections,
            Apis apis,
            ClientGrants grants,
            Administrators administrators,
            Demo demo,
            Settings settings,
            DataFolder data,
            RandomText random,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.db = db;
        this.keys = keys;
        this.keyTurn = keyTurn;
        this.tenants = tenants;
        this.signingKeys = signingKeys;
        this.clients = clients;
        this.connections = connections;
        this.apis = apis;
        this.grants = grants;
        this.administrators = administrators;
        this.demo = demo;
        this.settings = settings;
        this.data = data;
        this.random = random;
        this.clock = clock;
        this.transactions = new TransactionTemplate(transactions);
    }

    /** What this start made; empty on every later one. */
    Optional<Credentials> made() {
        return Optional.ofNullable(made);
    }

    @Override
    public void afterSingletonsInstantiated() {
        var demoPassword = settings.demo() ? demo.password().orElse(null) : null;
        transactions.executeWithoutResult(_ -> {
            db.sql("SELECT pg_advisory_xact_lock(:lock)")
                    .param("lock", LOCK)
                    .query()
                    .singleRow();
            var now = clock.instant();
            checkMasterKey(now);
            var first = tenants.create(TenantId.DEFAULT, now);
            if (first) tenants.set(TenantId.DEFAULT, TenantProfile.SETTING, new TenantProfile("Ringcode", null), now);
            signingKeys.ensure(TenantId.DEFAULT);
            connections.ensureDefault(TenantId.DEFAULT, now);
            var management = first || !hasManagementClient() ? managementClient(now) : null;
            var demoClient = settings.demo() ? demo.ensure(demoPassword, now).orElse(null) : null;
            // Printed anew until it has been used: whoever missed the first one starts the server again.
            var link = administrators.any(TenantId.DEFAULT)
                    ? null
                    : administrators.link(TenantId.DEFAULT, ManagementScopes.ALL, now);
            if (management == null && demoClient == null && link == null) return;
            made = new Credentials(management, demoClient, link);
            // On disk before it is in the database: a crash in between leaves a file that the next start replaces.
            made.write(data);
        });
    }

    private void checkMasterKey(Instant now) {
        var stored = db.sql("SELECT key_check FROM installation")
                .query((row, _) -> row.getBytes("key_check"))
                .optional();
        keyTurn.begin(stored.orElse(null));
        // For servers of older releases, which know no other check.
        if (stored.isEmpty())
            db.sql("INSERT INTO installation (key_check, created_at) VALUES (:check, :now)")
                    .param("check", keys.hash("installation").of("ringcode"))
                    .param("now", now.atOffset(UTC))
                    .update();
    }

    private boolean hasManagementClient() {
        return grants.count(TenantId.DEFAULT, new ClientGrants.Filter(null, Apis.MANAGEMENT)) > 0;
    }

    private Credentials.OfClient managementClient(Instant now) {
        var named = settings.adminClient();
        var made = named == null
                ? new Credentials.OfClient(random.mixed(32), random.mixed(64))
                : new Credentials.OfClient(named.id(), named.secret());
        var id = new ClientId(made.id());
        var client = new Client(
                TenantId.DEFAULT,
                id,
                "Ringcode management",
                true,
                Set.of(GrantType.CLIENT_CREDENTIALS.wire()),
                List.of());
        clients.create(client, made.secret(), now);
        apis.grant(TenantId.DEFAULT, id, Apis.MANAGEMENT, ManagementScopes.ALL, now);
        return made;
    }
}
