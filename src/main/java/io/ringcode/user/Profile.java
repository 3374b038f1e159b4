package io.ringcode.user;

import io.ringcode.phone.PhoneNumber;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A user as an administrator sees one.
 *
 * @param phone of the profile; authenticators have numbers of their own
 * @param userMetadata what the application keeps for the user
 * @param appMetadata what it keeps about the user
 * @param lastLogin null before the first
 */
public record Profile(
        User user,
        @Nullable PhoneNumber phone,
        boolean phoneVerified,
        Map<String, JsonNode> userMetadata,
        Map<String, JsonNode> appMetadata,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant lastLogin,
        @Nullable String lastIp,
        int logins) {

    public UserId id() {
        return user.id();
    }
}
