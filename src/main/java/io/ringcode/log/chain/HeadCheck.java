package io.ringcode.log.chain;

import io.ringcode.log.chain.ChainDamage.Kind;
import io.ringcode.tenant.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds signed heads against the chain that was read: those of the database that stand at no end of a segment, and those kept elsewhere. */
final class HeadCheck {
    /** Heads that no segment ends at; not the one that the lines that retention removed ended at. */
    private static final String ASTRAY = """
            SELECT head.tenant_id, head.place, head.hash, head.signed_at, head.jws FROM log_head AS head
              LEFT JOIN LATERAL (SELECT place, lines FROM log_chain WHERE tenant_id = head.tenant_id AND place <= head.place
                                  ORDER BY place DESC LIMIT 1) AS part ON true
             WHERE (part.place IS NULL OR part.place + part.lines - 1 <> head.place) AND (?::text IS NULL OR head.tenant_id = ?)
             ORDER BY head.tenant_id, head.place
            """;

    private static final String AT = """
            SELECT substring(hashes FROM ((? - place) * 32 + 1)::integer FOR 32) FROM log_chain
             WHERE tenant_id = ? AND place <= ? AND place + lines > ? ORDER BY place DESC LIMIT 1
            """;

    private final Connection connection;
    private final LogVerification verification;

    HeadCheck(LogVerification verification) {
        this.connection = verification.main();
        this.verification = verification;
    }

    /** The beginning of each chain, and heads that stand beside it. */
    void ofDatabase(Map<String, TenantCheck> checks, @Nullable TenantId tenant) throws SQLException {
        var astray = astray(tenant);
        checks.forEach((id, check) -> {
            var begin = check.begin();
            if (begin == null) return;
            var removed = begin.place() > 0;
            var good = removed
                    ? astray.stream().anyMatch(head -> head.tenant().value().equals(id) && isAnchor(head, begin))
                    : Arrays.equals(begin.hash(), ChainHash.none());
            if (!good)
                check.harm(new ChainDamage(
                        begin.place() + 1,
                        Kind.REMOVED,
                        removed
                                ? "the lines before it are gone, and no signed head says that they were there"
                                : "the first place does not stand at the beginning"));
        });
        for (var head : astray) {
            var check = checks.computeIfAbsent(head.tenant().value(), _ -> new TenantCheck());
            var begin = check.begin();
            if (begin != null && isAnchor(head, begin)) continue;
            check.harm(new ChainDamage(
                    head.place(),
                    Kind.HEAD,
                    "there is a head of " + head.signedAt() + ", and the chain has no end there"));
        }
    }

    private boolean isAnchor(SignedHead head, ChainEnd begin) {
        return head.place() == begin.place()
                && Arrays.equals(head.hash(), begin.hash())
                && verification.key(head.tenant()).signed(head.jws())
                && SignedHead.read(head.jws())
                        .filter(signed -> signed.place() == begin.place() && Arrays.equals(signed.hash(), begin.hash()))
                        .isPresent();
    }

    private List<SignedHead> astray(@Nullable TenantId tenant) throws SQLException {
        var name = tenant == null ? null : tenant.value();
        var found = new ArrayList<SignedHead>();
        try (var statement = connection.prepareStatement(ASTRAY)) {
            statement.setString(1, name);
            statement.setString(2, name);
            try (var row = statement.executeQuery()) {
                while (row.next()) found.add(HeadTable.head(row));
            }
        }
        return found;
    }

    /** @return what is to be told of a head that can be judged no more */
    Optional<String> fromElsewhere(SignedHead head, Map<String, TenantCheck> checks) throws SQLException {
        var check = checks.computeIfAbsent(head.tenant().value(), _ -> new TenantCheck());
        var of = "the head from elsewhere, of " + head.signedAt() + ", ";
        if (!verification.key(head.tenant()).signed(head.jws())) {
            check.harm(new ChainDamage(head.place(), Kind.HEAD, of + "was not signed by this installation"));
            return Optional.empty();
        }
        var begin = check.begin();
        if (begin != null && head.place() <= begin.place()) {
            if (head.place() < begin.place())
                return Optional.of("The head of place " + head.place() + " is of lines that retention has removed");
            if (!Arrays.equals(head.hash(), begin.hash()))
                check.harm(new ChainDamage(head.place(), Kind.HEAD, of + "has another hash"));
            return Optional.empty();
        }
        try (var statement = connection.prepareStatement(AT)) {
            statement.setLong(1, head.place());
            statement.setString(2, head.tenant().value());
            statement.setLong(3, head.place());
            statement.setLong(4, head.place());
            check(statement, head, of, check);
        }
        return Optional.empty();
    }

    private static void check(PreparedStatement statement, SignedHead head, String of, TenantCheck check)
            throws SQLException {
        try (var row = statement.executeQuery()) {
            if (!row.next())
                check.harm(new ChainDamage(head.place(), Kind.REMOVED, of + "tells of this place, which is gone"));
            else if (!Arrays.equals(row.getBytes(1), head.hash()))
                check.harm(new ChainDamage(head.place(), Kind.HEAD, of + "has another hash"));
        }
    }
}
