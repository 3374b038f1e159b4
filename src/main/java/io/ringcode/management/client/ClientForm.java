package io.ringcode.management.client;

import io.ringcode.client.AuthMethod;
import io.ringcode.client.RefreshTokenSettings;
import io.ringcode.client.Registration;
import io.ringcode.management.json.Body;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.StoredSchema;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The properties of a client on the wire. Those that the server acts on are checked closely; of the others it knows the
 * type, keeps them and gives them back.
 */
final class ClientForm {
    private static final String AUTH0_GRANT = "http://auth0.com/oauth/grant-type/";

    static final Set<String> GRANTS = Set.of(
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
            AUTH0_GRANT + "passwordless/otp");

    private static final Set<String> APP_TYPES = Set.of("native", "spa", "regular_web", "non_interactive");
    private static final Set<String> SECRET_METHODS = Set.of("none", "client_secret_post", "client_secret_basic");
    private static final Set<String> ADDRESSES = Set.of("callbacks", "allowed_logout_urls");
    private static final Set<String> ORIGINS = Set.of("web_origins", "allowed_origins");

    private static final Set<String> FLAGS = Set.of(
            "is_first_party",
            "oidc_conformant",
            "sso",
            "sso_disabled",
            "cross_origin_authentication",
            "custom_login_page_on",
            "is_token_endpoint_ip_header_trusted",
            "require_pushed_authorization_requests",
            "require_proof_of_possession");

    private static final Set<String> TEXTS = Set.of(
            "description",
            "logo_uri",
            "cross_origin_loc",
            "custom_login_page",
            "custom_login_page_preview",
            "form_template",
            "initiate_login_uri",
            "organization_usage",
            "organization_require_behavior",
            "compliance_level");

    private static final Set<String> OBJECTS = Set.of(
            "client_metadata",
            "jwt_configuration",
            "refresh_token",
            "addons",
            "mobile",
            "native_social_login",
            "oidc_logout",
            "default_organization",
            "token_exchange");

    private static final StoredSchema REFRESH_TOKENS = new StoredSchema()
            .choice("rotation_type", "rotating", "non-rotating")
            .choice("expiration_type", "expiring", "non-expiring")
            .number("leeway", 0, 60 * 60)
            .number("token_lifetime", 1, RefreshTokenSettings.LONGEST_SECONDS)
            .number("idle_token_lifetime", 1, RefreshTokenSettings.LONGEST_SECONDS)
            .flags("infinite_token_lifetime", "infinite_idle_token_lifetime")
            .anything("policies");

    private static final Set<String> LISTS =
            Set.of("client_aliases", "allowed_clients", "organization_discovery_methods");

    static final String KEYS = "client_authentication_methods";

    private static final Set<String> ALL = Stream.of(
                    ADDRESSES,
                    ORIGINS,
                    FLAGS,
                    TEXTS,
                    OBJECTS,
                    LISTS,
                    Set.of("name", "app_type", "grant_types", "token_endpoint_auth_method", KEYS))
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());

    private final Body body;

    ClientForm(Body body) {
        this.body = body.only(ALL);
    }

    /** What {@code before} becomes; a property that is sent as null goes. */
    Registration applyTo(Registration before, Instant now) {
        var properties = new LinkedHashMap<>(before.properties());
        for (var name : body.names()) keep(name, properties);
        return new Registration(
                before.id(),
                body.has("name") ? name() : before.name(),
                authMethod(before.authMethod()),
                body.has("grant_types") ? body.choices("grant_types", GRANTS) : before.grantTypes(),
                list("callbacks", before.callbacks()),
                list("web_origins", before.webOrigins()),
                Map.copyOf(properties),
                before.createdAt(),
                now);
    }

    String name() {
        var name = body.text("name", 1, 200);
        if (name.contains("<") || name.contains(">"))
            throw ManagementRefused.body("name", "String does not match pattern ^[^<>]+$");
        return name;
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

    /** The keys under {@code client_authentication_methods}; null where nothing is said of them. */
    @Nullable
    List<Body> keys() {
        if (!body.has(KEYS) || body.isNull(KEYS)) return null;
        if (body.has("token_endpoint_auth_method") && !body.isNull("token_endpoint_auth_method"))
            throw ManagementRefused.body(KEYS, "Cannot be set together with token_endpoint_auth_method");
        return body.object(KEYS)
                .only("private_key_jwt")
                .object("private_key_jwt")
                .only("credentials")
                .objects("credentials", 2);
    }

    private String kind() {
        return body.has("app_type") && !body.isNull("app_type") ? body.choice("app_type", APP_TYPES) : "";
    }

    private AuthMethod authMethod(AuthMethod before) {
        if (keys() != null) return AuthMethod.PRIVATE_KEY_JWT;
        var name = "token_endpoint_auth_method";
        if (body.has(name) && !body.isNull(name))
            return AuthMethod.of(body.choice(name, SECRET_METHODS)).orElseThrow();
        return before == AuthMethod.PRIVATE_KEY_JWT && body.has(KEYS) ? AuthMethod.CLIENT_SECRET_POST : before;
    }

    private List<String> list(String name, List<String> before) {
        if (!body.has(name)) return before;
        return body.isNull(name) ? List.of() : addresses(name);
    }

    private void keep(String name, Map<String, JsonNode> properties) {
        var acted = Set.of("name", "grant_types", "callbacks", "web_origins", "token_endpoint_auth_method", KEYS);
        if (acted.contains(name)) return;
        if (body.isNull(name)) {
            properties.remove(name);
            return;
        }
        if (name.equals("app_type")) kind();
        else if (ADDRESSES.contains(name) || ORIGINS.contains(name)) addresses(name);
        else if (FLAGS.contains(name)) body.flag(name);
        else if (TEXTS.contains(name)) body.text(name, 0, 20_000);
        else if (LISTS.contains(name)) body.texts(name, 100);
        else body.object(name);
        if (name.equals("client_metadata")) metadata();
        if (name.equals(RefreshTokenSettings.PROPERTY)) refreshTokens();
        // Kept as they are, so they must hold no secret.
        if (name.equals("addons") && !body.object(name).names().isEmpty())
            throw ManagementRefused.body(name, "This server has no addons");
        properties.put(name, body.raw(name));
    }

    private void refreshTokens() {
        var settings = body.object(RefreshTokenSettings.PROPERTY);
        REFRESH_TOKENS.check(settings);
        var rotating = settings.has("rotation_type")
                && !settings.isNull("rotation_type")
                && settings.text("rotation_type").equals("rotating");
        if (rotating
                && settings.has("expiration_type")
                && !settings.isNull("expiration_type")
                && settings.text("expiration_type").equals("non-expiring"))
            throw ManagementRefused.body("refresh_token.expiration_type", "Rotating refresh tokens must be expiring");
    }

    private void metadata() {
        var metadata = body.object("client_metadata");
        for (var key : metadata.names()) if (!metadata.isNull(key)) metadata.text(key, 0, 255);
    }

    /** Absolute addresses; an origin has no path. */
    private List<String> addresses(String name) {
        var addresses = body.texts(name, 100);
        for (var address : addresses) {
            URI uri;
            try {
                uri = new URI(address.replace("*", "star"));
            } catch (java.net.URISyntaxException unreadable) {
                throw ManagementRefused.body(name, "Must be an absolute URL");
            }
            var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (scheme.isEmpty() || scheme.equals("javascript") || scheme.equals("data"))
                throw ManagementRefused.body(name, "Must be an absolute URL");
            if (uri.getRawFragment() != null) throw ManagementRefused.body(name, "Must have no fragment");
            var path = uri.getRawPath() == null ? "" : uri.getRawPath();
            if (ORIGINS.contains(name) && (uri.getHost() == null || path.length() > 1))
                throw ManagementRefused.body(name, "Must be an origin: scheme, host and port");
        }
        return addresses;
    }
}
