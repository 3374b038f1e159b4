package io.ringcode.factor;

import static java.util.Map.entry;

import io.ringcode.factor.AuthenticatorImports.Brought;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.UserId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows of {@code enrollment} to be, column by column, as one statement takes them. */
final class NewAuthenticators {
    @SuppressWarnings("ArrayRecordComponent") // as JDBC takes it; never compared
    private record Row(UserId user, SealedAuthenticator sealed, byte @Nullable [] hash) {}

    private record BoundNumber(UserId user, ByteBuffer index) {}

    private final TenantId tenant;
    private final RecoveryCodeHash recoveryHash;
    private final AuthenticatorSecrets secrets;
    private final List<Row> rows = new ArrayList<>();
    private final Set<BoundNumber> numbers = new HashSet<>();
    private final Map<UserId, Set<FactorKind>> kinds = new HashMap<>();

    NewAuthenticators(TenantId tenant, RecoveryCodeHash recoveryHash, AuthenticatorSecrets secrets) {
        this.tenant = tenant;
        this.recoveryHash = recoveryHash;
        this.secrets = secrets;
    }

    /** What was added for the same user before counts as bound. */
    void add(UserId user, Brought brought) {
        var had = kinds.getOrDefault(user, Set.of());
        var has = had.isEmpty() ? EnumSet.noneOf(FactorKind.class) : EnumSet.copyOf(had);
        for (var one : brought.authenticators()) {
            var index = one.index();
            var fresh = index == null
                    ? !had.contains(one.kind())
                    : numbers.add(new BoundNumber(user, ByteBuffer.wrap(index)));
            if (!fresh) continue;
            rows.add(new Row(user, one, null));
            has.add(one.kind());
        }
        var code = brought.recoveryCode();
        if (code != null && has.add(FactorKind.RECOVERY_CODE)) {
            var id = secrets.newId().value();
            var row = new SealedAuthenticator(id, FactorKind.RECOVERY_CODE, null, null, List.of(), null, null, null);
            rows.add(new Row(user, row, recoveryHash.of(tenant, user, code)));
        }
        kinds.put(user, has);
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    Map<String, Object> columns() {
        var formerIds = new ArrayList<String>();
        var formerIndexes = new ArrayList<byte[]>();
        for (var row : rows)
            for (var index : row.sealed().formerIndexes()) {
                formerIds.add(row.sealed().id());
                formerIndexes.add(index);
            }
        return Map.ofEntries(
                entry("users", rows.stream().map(row -> row.user().value()).toArray(String[]::new)),
                entry("hashes", rows.stream().map(Row::hash).toArray(byte[][]::new)),
                entry("ids", texts(SealedAuthenticator::id)),
                entry("kinds", texts(row -> row.kind().column())),
                entry("sealed", bytes(SealedAuthenticator::phone)),
                entry("indexes", bytes(SealedAuthenticator::index)),
                entry("tails", bytes(SealedAuthenticator::tail)),
                entry("channels", texts(SealedAuthenticator::channel)),
                entry("seeds", bytes(SealedAuthenticator::seed)),
                entry("formerIds", formerIds.toArray(String[]::new)),
                entry("formerIndexes", formerIndexes.toArray(byte[][]::new)));
    }

    private String[] texts(Function<SealedAuthenticator, @Nullable String> column) {
        return rows.stream().map(row -> column.apply(row.sealed())).toArray(String[]::new);
    }

    private byte[][] bytes(Function<SealedAuthenticator, byte @Nullable []> column) {
        return rows.stream().map(row -> column.apply(row.sealed())).toArray(byte[][]::new);
    }
}
