package io.ringcode.factor;

import static java.util.Map.entry;

import io.ringcode.factor.AuthenticatorAdmin.Bound;
import io.ringcode.factor.AuthenticatorAdmin.Wanted;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows of {@code enrollment} to be, column by column, as one statement takes them. */
final class NewAuthenticators {
    @SuppressWarnings("ArrayRecordComponent") // as JDBC takes them; never compared
    private record Row(
            String id,
            String user,
            FactorKind kind,
            byte @Nullable [] sealed,
            byte @Nullable [] index,
            byte @Nullable [] tail,
            @Nullable String channel,
            byte @Nullable [] seed,
            byte @Nullable [] hash) {}

    @SuppressWarnings("ArrayRecordComponent") // as JDBC takes it; never compared
    private record Former(String id, byte[] index) {}

    private final TenantId tenant;
    private final AuthenticatorSecrets secrets;
    private final RecoveryCodeHash recoveryHash;
    private final List<Row> rows = new ArrayList<>();

    /** Under which a number may be stored that was bound before its plan changed. */
    private final List<Former> former = new ArrayList<>();

    NewAuthenticators(TenantId tenant, AuthenticatorSecrets secrets, RecoveryCodeHash recoveryHash) {
        this.tenant = tenant;
        this.secrets = secrets;
        this.recoveryHash = recoveryHash;
    }

    void add(Bound bound) {
        for (var wanted : bound.authenticators()) rows.add(row(bound.user(), wanted));
        var code = bound.recoveryCode();
        if (code == null) return;
        var hash = recoveryHash.of(tenant, bound.user(), code);
        var id = secrets.newId().value();
        rows.add(new Row(id, bound.user().value(), FactorKind.RECOVERY_CODE, null, null, null, null, null, hash));
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    Map<String, Object> columns() {
        return Map.ofEntries(
                entry("ids", texts(Row::id)),
                entry("users", texts(Row::user)),
                entry("kinds", texts(row -> row.kind().column())),
                entry("sealed", bytes(Row::sealed)),
                entry("indexes", bytes(Row::index)),
                entry("tails", bytes(Row::tail)),
                entry("channels", texts(Row::channel)),
                entry("seeds", bytes(Row::seed)),
                entry("hashes", bytes(Row::hash)),
                entry("formerIds", former.stream().map(Former::id).toArray(String[]::new)),
                entry("formerIndexes", former.stream().map(Former::index).toArray(byte[][]::new)));
    }

    private Row row(UserId user, Wanted wanted) {
        var id = secrets.newId();
        if (wanted instanceof Wanted.Phone(var _, var number, var _))
            for (var index : secrets.formerIndexes(tenant, number)) former.add(new Former(id.value(), index));
        return switch (wanted) {
            case Wanted.Phone(var _, var number, var preferred) ->
                new Row(
                        id.value(),
                        user.value(),
                        FactorKind.PHONE,
                        secrets.seal(tenant, id, number),
                        secrets.index(tenant, number),
                        secrets.tail(tenant, number.e164()),
                        preferred.wire(),
                        null,
                        null);
            case Wanted.App(var _, var seed) ->
                new Row(
                        id.value(),
                        user.value(),
                        FactorKind.APP,
                        null,
                        null,
                        null,
                        null,
                        secrets.sealSeed(tenant, id, seed),
                        null);
        };
    }

    private String[] texts(Function<Row, @Nullable String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }

    private byte[][] bytes(Function<Row, byte @Nullable []> column) {
        return rows.stream().map(column).toArray(byte[][]::new);
    }
}
