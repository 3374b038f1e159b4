package io.ringcode.user;

import io.ringcode.phone.PhoneNumber;
import io.ringcode.secret.Keyring;
import io.ringcode.secret.Sealer;
import io.ringcode.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Reads rows of {@code app_user}. */
@Component
class UserRows {
    static final String COLUMNS =
            "id, connection, email, email_verified, username, name, profile, blocked, security_stamp,"
                    + " access_ended_at, created_at";
    static final String ALL_COLUMNS = COLUMNS
            + ", phone_sealed, phone_verified, user_metadata, app_metadata, updated_at, last_login_at,"
            + " last_ip, logins_count";
    private static final String EMPTY = "{}";

    private final ObjectMapper json;
    private final Sealer phones;

    UserRows(ObjectMapper json, Keyring keys) {
        this.json = json;
        this.phones = keys.sealer("user-phone");
    }

    byte[] seal(TenantId tenant, UserId id, PhoneNumber phone) {
        return phones.seal(phone.e164(), tenant.value(), id.value());
    }

    User user(TenantId tenant, ResultSet row) throws SQLException {
        return new User(
                tenant,
                new UserId(row.getString("id")),
                row.getString("connection"),
                row.getString("email"),
                row.getBoolean("email_verified"),
                row.getString("username"),
                row.getString("name"),
                details(row.getString("profile")),
                row.getBoolean("blocked"),
                row.getLong("security_stamp"),
                instant(row, "access_ended_at"));
    }

    Profile profile(TenantId tenant, ResultSet row) throws SQLException {
        var user = user(tenant, row);
        var sealed = row.getBytes("phone_sealed");
        return new Profile(
                user,
                sealed == null
                        ? null
                        : PhoneNumber.stored(
                                phones.openOwn(sealed, tenant.value(), user.id().value())),
                row.getBoolean("phone_verified"),
                members(row.getString("user_metadata")),
                members(row.getString("app_metadata")),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                instant(row, "last_login_at"),
                row.getString("last_ip"),
                row.getInt("logins_count"));
    }

    private Map<String, String> details(String text) {
        if (text.equals(EMPTY)) return Map.of();
        var details = new LinkedHashMap<String, String>();
        members(text).forEach((name, value) -> details.put(name, value.asString()));
        return details;
    }

    private Map<String, JsonNode> members(String text) {
        if (text.equals(EMPTY)) return Map.of();
        var members = new LinkedHashMap<String, JsonNode>();
        json.readTree(text).properties().forEach(member -> members.put(member.getKey(), member.getValue()));
        return members;
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
