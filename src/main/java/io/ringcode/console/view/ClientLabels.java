package io.ringcode.console.view;

import io.ringcode.authorization.GrantType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Labels for the kinds, grants and authentication methods of applications. */
public final class ClientLabels {
    private static final Map<String, String> TYPES = new LinkedHashMap<>();

    static {
        TYPES.put("regular_web", "Regular web application");
        TYPES.put("spa", "Single-page application");
        TYPES.put("native", "Native application");
        TYPES.put("non_interactive", "Machine to machine");
    }

    private ClientLabels() {}

    /** The kinds in their order, by the API's names. */
    public static Map<String, String> types() {
        return TYPES;
    }

    public static String type(String name) {
        return TYPES.getOrDefault(name, name);
    }

    /** What the server can do, and whatever else is kept with the client. */
    public static List<String> grants(Form form) {
        var grants = new LinkedHashSet<String>();
        for (var grant : GrantType.values()) grants.add(grant.wire());
        grants.addAll(form.all("grant_types"));
        return List.copyOf(grants);
    }

    public static String grant(String wire) {
        return Arrays.stream(GrantType.values())
                .filter(grant -> grant.wire().equals(wire))
                .findFirst()
                .map(ClientLabels::grant)
                .orElse("Kept, but not known to this server");
    }

    private static String grant(GrantType grant) {
        return switch (grant) {
            case AUTHORIZATION_CODE -> "Sign-in by redirect";
            case IMPLICIT -> "Sign-in by redirect, with an ID token alone";
            case PASSWORD -> "Name and password";
            case PASSWORD_REALM -> "Name and password, in a realm";
            case REFRESH_TOKEN -> "Refresh tokens";
            case CLIENT_CREDENTIALS -> "The application on its own behalf";
            case MFA_OOB -> "Second factor by text message or call";
            case MFA_OTP -> "Second factor by an authenticator app";
            case MFA_RECOVERY_CODE -> "Second factor by a recovery code";
        };
    }

    /** How an application proves itself, by the API's names. */
    public static Map<String, String> methods() {
        var methods = new LinkedHashMap<String, String>();
        methods.put("client_secret_post", "A secret, in the body");
        methods.put("client_secret_basic", "A secret, in the header");
        methods.put("none", "Not at all: it can keep no secret");
        return methods;
    }
}
