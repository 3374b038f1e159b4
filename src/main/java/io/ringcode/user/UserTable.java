package io.ringcode.user;

import static java.time.ZoneOffset.UTC;

import io.ringcode.phone.PhoneNumber;
import io.ringcode.secret.KeyedHash;
import io.ringcode.secret.Keyring;
import io.ringcode.tenant.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** Writes what administrators say of users, one or many in a statement. Every method runs in its caller's transaction. */
@Component
class UserTable {
    /** A row to be written. */
    record Row(UserId id, AdminUserData data) {}

    private final JdbcClient db;
    private final ObjectMapper json;
    private final UserRows rows;
    private final KeyedHash phoneIndex;

    UserTable(JdbcClient db, ObjectMapper json, UserRows rows, Keyring keys) {
        this.db = db;
        this.json = json;
        this.rows = rows;
        this.phoneIndex = keys.hash("user-phone");
    }

    /** What a number is looked up by, in each form that it may have been stored in. */
    byte[][] indexes(TenantId tenant, PhoneNumber phone) {
        return phone.storedAs().stream()
                .map(form -> phoneIndex.index(tenant.value(), form))
                .toArray(byte[][]::new);
    }

    /**
     * @param hashes of the passwords, by user; a user without one cannot sign in by a password yet
     * @return those who were inserted: the others' id, e-mail address or user name is another user's
     */
    Set<UserId> insert(
            TenantId tenant, String connection, Collection<Row> users, Map<UserId, String> hashes, Instant now) {
        if (users.isEmpty()) return Set.of();
        return new HashSet<>(db.sql("""
                INSERT INTO app_user (tenant_id, connection, named, created_at, updated_at, password_hash, id, email,
                                      email_verified, phone_sealed, phone_index, phone_verified, username, name, blocked,
                                      profile, user_metadata, app_metadata)
                SELECT :tenant, :connection, true, :now, :now, hash, id, email, email_verified, phone, phone_index,
                       phone_verified, username, name, blocked, profile::jsonb, user_metadata::jsonb, app_metadata::jsonb
                  FROM unnest(:hashes, :ids, :emails, :emailsVerified, :phones, :phoneIndexes, :phonesVerified, :usernames,
                              :names, :blocked, :profiles, :userMetadata, :appMetadata)
                    AS given (hash, id, email, email_verified, phone, phone_index, phone_verified, username, name, blocked,
                              profile, user_metadata, app_metadata)
                ON CONFLICT DO NOTHING
                RETURNING id
                """)
                .params(columns(tenant, users))
                .param(
                        "hashes",
                        users.stream().map(user -> hashes.get(user.id())).toArray(String[]::new))
                .param("connection", connection)
                .param("now", now.atOffset(UTC))
                .query((row, _) -> new UserId(row.getString("id")))
                .list());
    }

    /** The password stays. Links for a new one end where the e-mail address changes: they were sent to another. */
    void update(TenantId tenant, Collection<Row> users, Instant now) {
        if (users.isEmpty()) return;
        db.sql("""
                WITH sent_elsewhere AS (
                    DELETE FROM password_reset USING app_user, unnest(:ids, :emails) AS given (id, email)
                     WHERE password_reset.tenant_id = :tenant AND password_reset.user_id = given.id
                       AND app_user.tenant_id = :tenant AND app_user.id = given.id
                       AND app_user.email IS DISTINCT FROM given.email
                )
                UPDATE app_user
                   SET email = given.email, email_verified = given.email_verified, phone_sealed = given.phone,
                       phone_index = given.phone_index, phone_verified = given.phone_verified, username = given.username,
                       name = given.name, blocked = given.blocked, profile = given.profile::jsonb,
                       user_metadata = given.user_metadata::jsonb, app_metadata = given.app_metadata::jsonb,
                       updated_at = :now
                  FROM unnest(:ids, :emails, :emailsVerified, :phones, :phoneIndexes, :phonesVerified, :usernames,
                              :names, :blocked, :profiles, :userMetadata, :appMetadata)
                    AS given (id, email, email_verified, phone, phone_index, phone_verified, username, name, blocked,
                              profile, user_metadata, app_metadata)
                 WHERE app_user.tenant_id = :tenant AND app_user.id = given.id
                """)
                .params(columns(tenant, users))
                .param("now", now.atOffset(UTC))
                .update();
    }

    private Map<String, Object> columns(TenantId tenant, Collection<Row> users) {
        var sealed = new byte[users.size()][];
        var indexes = new byte[users.size()][];
        int place = 0;
        for (var user : users) {
            var phone = user.data().phone();
            if (phone != null) {
                sealed[place] = rows.seal(tenant, user.id(), phone);
                indexes[place] = phoneIndex.index(tenant.value(), phone.e164());
            }
            place++;
        }
        var columns = new HashMap<String, Object>();
        columns.put("tenant", tenant.value());
        columns.put("ids", users.stream().map(user -> user.id().value()).toArray(String[]::new));
        columns.put("emails", texts(users, AdminUserData::email));
        columns.put("emailsVerified", flags(users, AdminUserData::emailVerified));
        columns.put("phones", sealed);
        columns.put("phoneIndexes", indexes);
        columns.put("phonesVerified", flags(users, AdminUserData::phoneVerified));
        columns.put("usernames", texts(users, AdminUserData::username));
        columns.put("names", texts(users, AdminUserData::name));
        columns.put("blocked", flags(users, AdminUserData::blocked));
        columns.put("profiles", texts(users, data -> json(data.details())));
        columns.put("userMetadata", texts(users, data -> json(data.userMetadata())));
        columns.put("appMetadata", texts(users, data -> json(data.appMetadata())));
        return columns;
    }

    private String json(Map<String, ?> members) {
        return members.isEmpty() ? "{}" : json.writeValueAsString(members);
    }

    private static String[] texts(Collection<Row> users, Function<AdminUserData, @Nullable String> member) {
        return users.stream().map(user -> member.apply(user.data())).toArray(String[]::new);
    }

    private static Boolean[] flags(Collection<Row> users, Function<AdminUserData, Boolean> member) {
        return users.stream().map(user -> member.apply(user.data())).toArray(Boolean[]::new);
    }
}
