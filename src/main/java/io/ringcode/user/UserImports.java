package io.ringcode.user;

import static java.time.ZoneOffset.UTC;

import io.ringcode.secret.KeyedHash;
import io.ringcode.secret.Keyring;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.LoginNames.Claim;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** Writes many users at once. */
@Component
public class UserImports {
    private final JdbcClient db;
    private final ObjectMapper json;
    private final UserRows rows;
    private final Users users;
    private final Directory directory;
    private final LoginNames names;
    private final KeyedHash phoneIndex;

    UserImports(
            JdbcClient db,
            ObjectMapper json,
            UserRows rows,
            Users users,
            Directory directory,
            LoginNames names,
            Keyring keys) {
        this.db = db;
        this.json = json;
        this.rows = rows;
        this.users = users;
        this.directory = directory;
        this.names = names;
        this.phoneIndex = keys.hash("user-phone");
    }

    /**
     * Inserts those who are not there: by id, and within the connection by e-mail address and user name.
     *
     * @return for each its id; null for one who was there, or came twice
     */
    public List<@Nullable UserId> insert(TenantId tenant, String connection, List<ImportedUser> imported, Instant now) {
        var ids = new ArrayList<UserId>();
        for (var user : imported) ids.add(user.key() == null ? users.newId() : new UserId("auth0|" + user.key()));
        var claims = new ArrayList<List<Claim>>();
        for (int i = 0; i < ids.size(); i++)
            claims.add(claims(ids.get(i), imported.get(i).data()));
        var free = names.claim(
                tenant, connection, claims.stream().flatMap(List::stream).toList());
        var inserted = write(
                tenant,
                connection,
                ids,
                imported,
                claims.stream().map(free::containsAll).toList(),
                now);
        var answer = answered(ids, inserted);
        for (int i = 0; i < ids.size(); i++)
            if (answer.get(i) == null)
                names.release(
                        tenant,
                        connection,
                        claims.get(i).stream().filter(free::contains).toList());
        return answer;
    }

    private static List<Claim> claims(UserId id, AdminUserData data) {
        return LoginNames.claims(id, LoginName.of(data.email(), data.username()));
    }

    /** @param free for each whether its names are its own */
    private Set<String> write(
            TenantId tenant,
            String connection,
            List<UserId> ids,
            List<ImportedUser> imported,
            List<Boolean> free,
            Instant now) {
        var data = imported.stream().map(ImportedUser::data).toList();
        var sealed = new byte[data.size()][];
        var indexes = new byte[data.size()][];
        for (int i = 0; i < data.size(); i++) {
            var phone = data.get(i).phone();
            if (phone == null) continue;
            sealed[i] = rows.seal(tenant, ids.get(i), phone);
            indexes[i] = phoneIndex.index(tenant.value(), phone.e164());
        }
        return new HashSet<>(db.sql("""
                INSERT INTO app_user (tenant_id, connection, named, created_at, updated_at, id, password_hash, email,
                                      email_verified, phone_sealed, phone_index, phone_verified, username, name, blocked,
                                      profile, user_metadata, app_metadata)
                SELECT :tenant, :connection, true, :now, :now, id, hash, email, email_verified, phone_sealed, phone_index,
                       phone_verified, username, name, blocked, profile::jsonb, user_metadata::jsonb, app_metadata::jsonb
                  FROM unnest(:ids, :hashes, :emails, :emailsVerified, :phones, :phoneIndexes, :phonesVerified,
                              :usernames, :names, :blocked, :profiles, :userMetadata, :appMetadata, :free)
                    AS given (id, hash, email, email_verified, phone_sealed, phone_index, phone_verified, username, name,
                              blocked, profile, user_metadata, app_metadata, free)
                 WHERE free
                ON CONFLICT DO NOTHING
                RETURNING id
                """)
                .param("tenant", tenant.value())
                .param("connection", connection)
                .param("now", now.atOffset(UTC))
                .param("ids", ids.stream().map(UserId::value).toArray(String[]::new))
                .param("hashes", imported.stream().map(ImportedUser::hash).toArray(String[]::new))
                .param("emails", texts(data, AdminUserData::email))
                .param("emailsVerified", flags(data, AdminUserData::emailVerified))
                .param("phones", sealed)
                .param("phoneIndexes", indexes)
                .param("phonesVerified", flags(data, AdminUserData::phoneVerified))
                .param("usernames", texts(data, AdminUserData::username))
                .param("names", texts(data, AdminUserData::name))
                .param("blocked", flags(data, AdminUserData::blocked))
                .param("profiles", texts(data, one -> json.writeValueAsString(one.details())))
                .param("userMetadata", texts(data, one -> json.writeValueAsString(one.userMetadata())))
                .param("appMetadata", texts(data, one -> json.writeValueAsString(one.appMetadata())))
                .param("free", free.toArray(Boolean[]::new))
                .query(String.class)
                .list());
    }

    /** A given id that came twice was inserted once, for the first. */
    private static List<@Nullable UserId> answered(List<UserId> ids, Set<String> inserted) {
        var answer = new ArrayList<@Nullable UserId>();
        for (var id : ids) answer.add(inserted.remove(id.value()) ? id : null);
        return answer;
    }

    /**
     * Changes a user who is there by what is given; the password stays.
     *
     * @return empty when the given e-mail address or user name is another user's
     */
    public Optional<UserId> update(TenantId tenant, String connection, ImportedUser imported, Instant now) {
        var data = imported.data();
        var found = db.sql("""
                SELECT id, connection FROM app_user
                 WHERE tenant_id = :tenant AND id IN (
                       SELECT :id
                        UNION ALL
                       SELECT user_id FROM login_name
                        WHERE tenant_id = :tenant AND connection = :connection AND name = ANY(:names)
                        UNION ALL
                       SELECT id FROM app_user
                        WHERE tenant_id = :tenant AND connection = :connection AND NOT named
                          AND (lower(email) = lower(:email) OR lower(username) = lower(:username)))
                 LIMIT 2
                """)
                .param("tenant", tenant.value())
                .param("id", imported.key() == null ? null : "auth0|" + imported.key(), Types.VARCHAR)
                .param("connection", connection)
                .param(
                        "names",
                        LoginName.of(data.email(), data.username()).stream()
                                .map(LoginName::form)
                                .toArray(String[]::new))
                .param("email", data.email(), Types.VARCHAR)
                .param("username", data.username(), Types.VARCHAR)
                .query((row, _) -> row.getString("connection").equals(connection) ? row.getString("id") : "")
                .list();
        if (found.size() != 1 || found.getFirst().isEmpty()) return Optional.empty();
        var id = new UserId(found.getFirst());
        try {
            return directory
                    .update(tenant, id, before -> changed(before, data), now)
                    .map(Profile::id);
        } catch (LoginNameTaken taken) {
            return Optional.empty();
        }
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

    private static String[] texts(List<AdminUserData> data, Function<AdminUserData, @Nullable String> member) {
        return data.stream().map(member).toArray(String[]::new);
    }

    private static Boolean[] flags(List<AdminUserData> data, Function<AdminUserData, Boolean> member) {
        return data.stream().map(member).toArray(Boolean[]::new);
    }
}
