package io.ringcode.user;

import io.ringcode.phone.PhoneNumber;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The data of a user that an administrator may write. */
public record AdminUserData(
        @Nullable String email,
        boolean emailVerified,
        @Nullable PhoneNumber phone,
        boolean phoneVerified,
        @Nullable String username,
        @Nullable String name,
        boolean blocked,
        Map<String, String> details,
        Map<String, JsonNode> userMetadata,
        Map<String, JsonNode> appMetadata) {
    /** Characters of a picture's address. */
    public static final int LONGEST_PICTURE = 2000;

    public static final AdminUserData NONE =
            new AdminUserData(null, false, null, false, null, null, false, Map.of(), Map.of(), Map.of());

    public static AdminUserData of(Profile profile) {
        var user = profile.user();
        return new AdminUserData(
                user.email(),
                user.emailVerified(),
                profile.phone(),
                profile.phoneVerified(),
                user.username(),
                user.name(),
                user.blocked(),
                user.details(),
                profile.userMetadata(),
                profile.appMetadata());
    }

    /** Metadata is merged at its first level; a member that is null goes. */
    public static Map<String, JsonNode> merged(Map<String, JsonNode> before, Map<String, JsonNode> change) {
        var merged = new LinkedHashMap<>(before);
        change.forEach((name, value) -> {
            if (value.isNull()) merged.remove(name);
            else merged.put(name, value);
        });
        return merged;
    }
}
