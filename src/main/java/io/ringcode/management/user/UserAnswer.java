package io.ringcode.management.user;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.ringcode.json.IsoTime;
import io.ringcode.json.JsonAnswer;
import io.ringcode.user.Profile;
import io.ringcode.user.UserId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A user, as an administrator sees one.
 *
 * @param multifactor {@code guardian} for a user who has enrolled
 */
public record UserAnswer(
        String userId,
        @Nullable String email,
        @Nullable Boolean emailVerified,
        @Nullable String phoneNumber,
        @Nullable Boolean phoneVerified,
        @Nullable String username,
        @Nullable String name,
        @Nullable String nickname,
        @Nullable String picture,
        @Nullable String givenName,
        @Nullable String familyName,
        IsoTime createdAt,
        IsoTime updatedAt,
        List<Identity> identities,
        @Nullable Map<String, JsonNode> userMetadata,
        @Nullable Map<String, JsonNode> appMetadata,
        @Nullable List<String> multifactor,
        @Nullable String lastIp,
        @Nullable IsoTime lastLogin,
        @Nullable Integer loginsCount,
        @Nullable Boolean blocked)
        implements JsonAnswer {

    /** @param userId without the name of its provider */
    public record Identity(
            String connection,
            String userId,
            String provider,
            @JsonProperty("isSocial") boolean social) implements JsonAnswer {
        private static Identity of(String connection, UserId id) {
            var bar = id.value().indexOf('|');
            return new Identity(connection, id.value().substring(bar + 1), "auth0", false);
        }
    }

    static UserAnswer of(Profile profile, boolean enrolled) {
        var user = profile.user();
        var email = user.email();
        var phone = profile.phone();
        var login = email != null ? email : phone != null ? phone.e164() : user.username();
        var details = user.details();
        return new UserAnswer(
                user.id().value(),
                email,
                email == null ? null : user.emailVerified(),
                phone == null ? null : phone.e164(),
                phone == null ? null : profile.phoneVerified(),
                user.username(),
                user.name() == null ? login : user.name(),
                details.containsKey("nickname") ? details.get("nickname") : nickname(login),
                details.get("picture"),
                details.get("given_name"),
                details.get("family_name"),
                new IsoTime(profile.createdAt()),
                new IsoTime(profile.updatedAt()),
                List.of(Identity.of(user.connection(), user.id())),
                profile.userMetadata().isEmpty() ? null : profile.userMetadata(),
                profile.appMetadata().isEmpty() ? null : profile.appMetadata(),
                enrolled ? List.of("guardian") : null,
                profile.lastIp(),
                IsoTime.of(profile.lastLogin()),
                profile.logins() == 0 ? null : profile.logins(),
                user.blocked() ? true : null);
    }

    private static @Nullable String nickname(@Nullable String login) {
        if (login == null) return null;
        var at = login.indexOf('@');
        return at > 0 ? login.substring(0, at) : login;
    }
}
