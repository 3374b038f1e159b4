package io.ringcode.user;

import io.ringcode.user.Imported.Inserted;
import io.ringcode.user.Imported.Refused;
import io.ringcode.user.Imported.Updated;
import io.ringcode.user.LoginNames.Claim;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Decides what becomes of the users of a batch, in their order, as if each were written before the next is looked at; what is
 * to be written in the end can then be written in a few statements.
 */
final class ImportPlan {
    private static final Refused REFUSED = new Refused();

    /** A user who is there, or will be. */
    record Known(AdminUserData data, Access access) {}

    enum Access {
        CHANGEABLE,
        UNTOUCHABLE
    }

    private final Map<UserId, Known> known;
    private final Map<LoginName, UserId> owners;
    private final Access ofInserted;
    private final Supplier<UserId> newId;

    private final Map<UserId, AdminUserData> inserts = new LinkedHashMap<>();
    private final Map<UserId, String> hashes = new HashMap<>();
    private final Map<UserId, AdminUserData> updates = new LinkedHashMap<>();
    private final List<UserId> blocked = new ArrayList<>();
    private final Map<LoginName, UserId> claims = new LinkedHashMap<>();
    private final List<Claim> releases = new ArrayList<>();

    /**
     * @param known by id, all whom a user of the batch may turn out to be
     * @param owners whose the names of the batch are
     * @param ofInserted whether a user of the batch may be changed by a later one
     */
    ImportPlan(Map<UserId, Known> known, Map<LoginName, UserId> owners, Access ofInserted, Supplier<UserId> newId) {
        this.known = new HashMap<>(known);
        this.owners = new HashMap<>(owners);
        this.ofInserted = ofInserted;
        this.newId = newId;
    }

    /** @param others users whom it may be besides those whom its id and its names tell */
    Imported next(ImportedUser user, Set<UserId> others) {
        var found = new LinkedHashSet<>(others);
        var id = user.id();
        if (id != null && known.containsKey(id)) found.add(id);
        for (var name : user.names()) {
            var owner = owners.get(name);
            if (owner != null) found.add(owner);
        }
        if (found.isEmpty()) return insert(id == null ? newId.get() : id, user);
        if (found.size() > 1) return REFUSED;
        var one = found.getFirst();
        var before = known.get(one);
        if (before == null || before.access() == Access.UNTOUCHABLE) return REFUSED;
        return change(one, before.data(), user.data());
    }

    private Imported insert(UserId id, ImportedUser user) {
        known.put(id, new Known(user.data(), ofInserted));
        inserts.put(id, user.data());
        if (user.hash() != null) hashes.put(id, user.hash());
        for (var name : user.names()) claim(name, id);
        return new Inserted(id);
    }

    private Imported change(UserId id, AdminUserData before, AdminUserData given) {
        var after = changed(before, given);
        if (!Objects.equals(before.email(), after.email()) || !Objects.equals(before.username(), after.username())) {
            var had = LoginName.of(before.email(), before.username());
            var has = LoginName.of(after.email(), after.username());
            for (var name : has) if (!had.contains(name) && !owners.containsKey(name)) claim(name, id);
            for (var name : had) if (!has.contains(name)) release(name, id);
        }
        known.put(id, new Known(after, Access.CHANGEABLE));
        if (inserts.replace(id, after) == null) {
            updates.put(id, after);
            if (after.blocked() && !before.blocked()) blocked.add(id);
        }
        return new Updated(id);
    }

    private static AdminUserData changed(AdminUserData before, AdminUserData given) {
        return new AdminUserData(
                given.email() == null ? before.email() : given.email(),
                given.emailVerified() || before.emailVerified(),
                given.phone() == null ? before.phone() : given.phone(),
                given.phoneVerified() || before.phoneVerified(),
                given.username() == null ? before.username() : given.username(),
                given.name() == null ? before.name() : given.name(),
                given.blocked(),
                given.details().isEmpty() ? before.details() : given.details(),
                AdminUserData.merged(before.userMetadata(), given.userMetadata()),
                AdminUserData.merged(before.appMetadata(), given.appMetadata()));
    }

    private void claim(LoginName name, UserId user) {
        owners.put(name, user);
        claims.put(name, user);
    }

    /** Of two users who were stored with one name before names were claimed, one does not own it. */
    private void release(LoginName name, UserId user) {
        owners.remove(name, user);
        if (!claims.remove(name, user)) releases.add(new Claim(user, name));
    }

    List<UserTable.Row> inserts() {
        return rows(inserts);
    }

    /** Of the passwords of those who are inserted. */
    Map<UserId, String> hashes() {
        return hashes;
    }

    List<UserTable.Row> updates() {
        return rows(updates);
    }

    /** Who is blocked now and was not. */
    List<UserId> blocked() {
        return blocked;
    }

    List<Claim> claims() {
        return claims.entrySet().stream()
                .map(claim -> new Claim(claim.getValue(), claim.getKey()))
                .toList();
    }

    /** To be released before names are claimed. */
    List<Claim> releases() {
        return releases;
    }

    private static List<UserTable.Row> rows(Map<UserId, AdminUserData> users) {
        return users.entrySet().stream()
                .map(user -> new UserTable.Row(user.getKey(), user.getValue()))
                .toList();
    }
}
