package io.ringcode.login.authorize;

import com.nimbusds.oauth2.sdk.ParseException;
import io.ringcode.client.Client;
import io.ringcode.factor.Amr;
import io.ringcode.text.StorableText;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an application asks of {@code /authorize} (OpenID Connect Core section 3.1.2.1), read and checked as far as that
 * can be done by looking at it. Its grammar is Nimbus' affair.
 *
 * @param redirectUri one that the client has registered
 * @param state the application's own, given back as it came; null for none
 * @param maxAge seconds since the last authentication; null for any
 * @param key thumbprint that the tokens will be bound to (RFC 9449 section 10); null for none
 */
record AuthorizationRequest(
        Client client,
        URI redirectUri,
        ResponseType responseType,
        ResponseMode responseMode,
        Set<String> scopes,
        @Nullable String state,
        @Nullable String nonce,
        Set<String> prompt,
        @Nullable Long maxAge,
        boolean multiFactor,
        boolean phishingResistant,
        @Nullable String codeChallenge,
        @Nullable String key,
        Map<String, String> parameters) {

    enum ResponseType {
        CODE("code"),
        ID_TOKEN("id_token");

        private final String wire;

        ResponseType(String wire) {
            this.wire = wire;
        }

        String wire() {
            return wire;
        }
    }

    enum ResponseMode {
        QUERY,
        FRAGMENT,
        FORM_POST,
        /** To the page that opened or framed this one, which must be of the redirect URI's origin. */
        WEB_MESSAGE;

        String wire() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private static final Set<String> RESPONSE_MODES = Set.of("", "query", "fragment", "form_post", "web_message");

    private static final Set<String> PROMPTS = Set.of("none", "login", "consent", "select_account", "create");

    /** Longer than any honest one; what is stored of a request is bounded by it. */
    private static final int LONGEST = 4_096;

    /** @return a parameter's value; null where it is missing or blank */
    @Nullable
    String parameter(String name) {
        var value = parameters.get(name);
        return value == null || value.isBlank() ? null : value;
    }

    boolean silent() {
        return prompt.contains("none");
    }

    boolean openId() {
        return scopes.contains("openid");
    }

    /** How the answer goes back, as far as a refused request lets one tell. */
    static ResponseMode modeOf(Map<String, String> parameters) {
        var idToken = "id_token".equals(parameters.get("response_type"));
        return switch (parameters.getOrDefault("response_mode", "")) {
            case "form_post" -> ResponseMode.FORM_POST;
            case "fragment" -> ResponseMode.FRAGMENT;
            case "web_message" -> ResponseMode.WEB_MESSAGE;
            // A token never goes into a query, whoever asks for it (OAuth 2.0 Multiple Response Types section 5).
            default -> idToken ? ResponseMode.FRAGMENT : ResponseMode.QUERY;
        };
    }

    /** @throws RequestRefused for what the application did wrong */
    static AuthorizationRequest of(Client client, URI redirectUri, Map<String, String> parameters) {
        check(parameters);
        var type = type(parameters.get("response_type"));
        var mode = parameters.get("response_mode");
        if (mode != null && !RESPONSE_MODES.contains(mode)) throw invalid("Unknown response_mode.");
        if (type == ResponseType.ID_TOKEN && "query".equals(mode))
            throw invalid("An id_token is not sent in a query. Use form_post or fragment.");
        if (!client.grantTypes().contains(type == ResponseType.CODE ? "authorization_code" : "implicit"))
            throw new RequestRefused("unauthorized_client", "The client may not use this response_type.");
        var scopes = words(parameters.get("scope"));
        var nonce = present(parameters.get("nonce"));
        if (type == ResponseType.ID_TOKEN && !scopes.contains("openid")) throw invalid("scope must contain openid.");
        if (type == ResponseType.ID_TOKEN && nonce == null) throw invalid("nonce is missing.");
        var prompt = words(parameters.get("prompt"));
        if (!PROMPTS.containsAll(prompt)) throw invalid("Unknown prompt.");
        if (prompt.contains("none") && prompt.size() > 1) throw invalid("prompt=none stands alone.");
        return new AuthorizationRequest(
                client,
                redirectUri,
                type,
                modeOf(parameters),
                scopes,
                present(parameters.get("state")),
                nonce,
                prompt,
                maxAge(parameters.get("max_age")),
                words(parameters.get("acr_values")).contains(Amr.MULTI_FACTOR),
                words(parameters.get("acr_values")).contains(Amr.PHISHING_RESISTANT),
                type == ResponseType.CODE ? challenge(client, parameters) : null,
                present(parameters.get("dpop_jkt")),
                Map.copyOf(parameters));
    }

    private static void check(Map<String, String> parameters) {
        parameters.forEach((name, value) -> {
            if (value.length() > LONGEST || !StorableText.is(value))
                throw invalid("A parameter is too long, or is not well-formed text.");
        });
        if (!AuthorizationResponses.canCarry(parameters)) throw invalid("state and nonce are too long.");
        if (parameters.containsKey("request_uri"))
            throw new RequestRefused("request_uri_not_supported", "request_uri is not supported.");
        try {
            var lists = new HashMap<String, List<String>>();
            parameters.forEach((name, value) -> lists.put(name, List.of(value)));
            // Nimbus refuses what it does not know among prompts and response modes; those are looked at above.
            lists.keySet().removeAll(Set.of("prompt", "response_mode", "request"));
            com.nimbusds.oauth2.sdk.AuthorizationRequest.parse(lists);
        } catch (ParseException malformed) {
            throw invalid("The request is malformed.");
        }
    }

    private static ResponseType type(@Nullable String type) {
        for (var known : ResponseType.values()) if (known.wire().equals(type)) return known;
        throw new RequestRefused("unsupported_response_type", "response_type must be code or id_token.");
    }

    private static @Nullable Long maxAge(@Nullable String seconds) {
        if (seconds == null || seconds.isBlank()) return null;
        if (!seconds.matches("[0-9]{1,9}")) throw invalid("max_age must be a number of seconds.");
        return Long.valueOf(seconds);
    }

    /** A client without a secret must use PKCE (RFC 9700 section 2.1.1); the method {@code plain} protects nothing. */
    private static @Nullable String challenge(Client client, Map<String, String> parameters) {
        var challenge = present(parameters.get("code_challenge"));
        if (challenge == null) {
            if (!client.confidential()) throw invalid("code_challenge is missing.");
            return null;
        }
        if (!"S256".equals(parameters.get("code_challenge_method")))
            throw invalid("code_challenge_method must be S256.");
        if (!challenge.matches("[A-Za-z0-9_-]{43}")) throw invalid("code_challenge is malformed.");
        return challenge;
    }

    private static RequestRefused invalid(String description) {
        return new RequestRefused("invalid_request", description);
    }

    private static @Nullable String present(@Nullable String value) {
        return value == null || value.isBlank() ? null : value;
    }

    private static Set<String> words(@Nullable String list) {
        if (list == null || list.isBlank()) return Set.of();
        return Arrays.stream(list.strip().split("\\s+", -1)).collect(Collectors.toUnmodifiableSet());
    }
}
