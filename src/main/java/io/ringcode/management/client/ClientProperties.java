package io.ringcode.management.client;

import io.ringcode.client.AuthMethod;
import io.ringcode.client.RefreshTokenSettings;
import io.ringcode.client.Registration;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Patch;
import io.ringcode.json.Rule.Items;
import io.ringcode.json.Rule.Length;
import io.ringcode.json.Rule.NullAllowed;
import io.ringcode.json.Rule.OneOf;
import io.ringcode.json.Rule.Range;
import io.ringcode.json.SentJson;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The properties of a client that are the same for a new one and a change. Those that the server acts on are checked closely;
 * of the others it knows the type, keeps them and gives them back. A property that is sent as null goes.
 */
record ClientProperties(
        @OneOf({"native", "spa", "regular_web", "non_interactive"})
        Patch<String> appType,

        @Nullable
        @Items(max = 12, unique = true)
        @OneOf({
            "authorization_code",
            "implicit",
            "refresh_token",
            "client_credentials",
            "password",
            "urn:ietf:params:oauth:grant-type:device_code",
            "urn:openid:params:grant-type:ciba",
            AUTH0_GRANT + "password-realm",
            AUTH0_GRANT + "mfa-oob",
            AUTH0_GRANT + "mfa-otp",
            AUTH0_GRANT + "mfa-recovery-code",
            AUTH0_GRANT + "passwordless/otp"
        })
        List<String> grantTypes,

        @OneOf({"none", "client_secret_post", "client_secret_basic"})
        Patch<String> tokenEndpointAuthMethod,

        @Items(max = 100) Patch<List<String>> callbacks,
        @Items(max = 100) Patch<List<String>> allowedLogoutUrls,
        @Items(max = 100) Patch<List<String>> webOrigins,
        @Items(max = 100) Patch<List<String>> allowedOrigins,
        @NullAllowed @Length(max = 255) Patch<Map<String, @Nullable String>> clientMetadata,
        Patch<RefreshTokens> refreshToken,
        @Length(max = TEXT) Patch<String> description,
        @Length(max = TEXT) Patch<String> logoUri,
        @Length(max = TEXT) Patch<String> crossOriginLoc,
        @Length(max = TEXT) Patch<String> customLoginPage,
        @Length(max = TEXT) Patch<String> customLoginPagePreview,
        @Length(max = TEXT) Patch<String> formTemplate,
        @Length(max = TEXT) Patch<String> initiateLoginUri,
        @Length(max = TEXT) Patch<String> organizationUsage,
        @Length(max = TEXT) Patch<String> organizationRequireBehavior,
        @Length(max = TEXT) Patch<String> complianceLevel,
        Patch<Boolean> isFirstParty,
        Patch<Boolean> oidcConformant,
        Patch<Boolean> sso,
        Patch<Boolean> ssoDisabled,
        Patch<Boolean> crossOriginAuthentication,
        Patch<Boolean> customLoginPageOn,
        Patch<Boolean> isTokenEndpointIpHeaderTrusted,
        Patch<Boolean> requirePushedAuthorizationRequests,
        Patch<Boolean> requireProofOfPossession,
        @Items(max = 100) Patch<List<String>> clientAliases,
        @Items(max = 100) Patch<List<String>> allowedClients,
        @Items(max = 100) Patch<List<String>> organizationDiscoveryMethods,
        Patch<ObjectNode> jwtConfiguration,
        Patch<ObjectNode> addons,
        Patch<ObjectNode> mobile,
        Patch<ObjectNode> nativeSocialLogin,
        Patch<ObjectNode> oidcLogout,
        Patch<ObjectNode> defaultOrganization,
        Patch<ObjectNode> tokenExchange)
        implements JsonBody {
    static final String AUTH0_GRANT = "http://auth0.com/oauth/grant-type/";
    static final int TEXT = 20_000;

    /** Those that {@link Registration} has by themselves. */
    private static final Set<String> ACTED_ON =
            Set.of("grant_types", "callbacks", "web_origins", "token_endpoint_auth_method");

    /** Of {@link RefreshTokenSettings}, with what is only kept. */
    record RefreshTokens(
            @OneOf({"rotating", "non-rotating"}) Patch<String> rotationType,
            @OneOf({"expiring", "non-expiring"}) Patch<String> expirationType,
            @Range(min = 0, max = 60 * 60) Patch<Integer> leeway,

            @Range(min = 1, max = RefreshTokenSettings.LONGEST_SECONDS)
            Patch<Integer> tokenLifetime,

            @Range(min = 1, max = RefreshTokenSettings.LONGEST_SECONDS)
            Patch<Integer> idleTokenLifetime,

            Patch<Boolean> infiniteTokenLifetime,
            Patch<Boolean> infiniteIdleTokenLifetime,
            Patch<JsonNode> policies) {
        RefreshTokens {
            if ("rotating".equals(rotationType.value()) && "non-expiring".equals(expirationType.value()))
                throw InvalidBody.on("expiration_type", "Rotating refresh tokens must be expiring");
        }
    }

    ClientProperties {
        ClientAddresses.check("callbacks", callbacks);
        ClientAddresses.check("allowed_logout_urls", allowedLogoutUrls);
        ClientAddresses.checkOrigins("web_origins", webOrigins);
        ClientAddresses.checkOrigins("allowed_origins", allowedOrigins);
        // Kept as they are, so they must hold no secret.
        if (addons.value() != null && !addons.value().isEmpty())
            throw InvalidBody.on("addons", "This server has no addons");
    }

    /** What {@code before} becomes, except for its way to prove itself. */
    Registration applyTo(Registration before, @Nullable String name, AuthMethod method, Instant now) {
        var properties = new LinkedHashMap<>(before.properties());
        for (var sent : SentJson.of(this).properties()) {
            if (ACTED_ON.contains(sent.getKey())) continue;
            if (sent.getValue().isNull()) properties.remove(sent.getKey());
            else properties.put(sent.getKey(), sent.getValue());
        }
        return new Registration(
                before.id(),
                name == null ? before.name() : name,
                method,
                grantTypes == null ? before.grantTypes() : grantTypes,
                changed(callbacks, before.callbacks()),
                changed(webOrigins, before.webOrigins()),
                Map.copyOf(properties),
                before.createdAt(),
                now);
    }

    private static List<String> changed(Patch<List<String>> list, List<String> before) {
        var after = list.or(before);
        return after == null ? List.of() : after;
    }

    /** What a new client of this kind may do where nothing else is said. */
    List<String> usualGrants() {
        return switch (kind()) {
            case "native", "spa" -> List.of("authorization_code", "refresh_token");
            case "non_interactive" -> List.of("client_credentials");
            default -> List.of("authorization_code", "refresh_token", "client_credentials");
        };
    }

    AuthMethod usualMethod() {
        return switch (kind()) {
            case "native", "spa" -> AuthMethod.NONE;
            default -> AuthMethod.CLIENT_SECRET_POST;
        };
    }

    /** The way to prove itself by a secret, or by none; null where nothing is said of it. */
    @Nullable
    AuthMethod method() {
        return tokenEndpointAuthMethod.given().flatMap(AuthMethod::of).orElse(null);
    }

    private String kind() {
        return appType.given().orElse("");
    }
}
