package io.ringcode.action;

import io.ringcode.client.Caller;
import io.ringcode.text.StorableText;
import io.ringcode.user.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A sign-in, as its actions are told of it: {@code event}, but for what can be read of the user and the application.
 *
 * @param transaction by which it is told apart
 * @param audience the API that tokens are asked for; null for none
 * @param parameters of the application's request, without secrets
 */
public record SignInContext(
        Caller caller,
        UserId user,
        UUID transaction,
        Way way,
        @Nullable String audience,
        Set<String> scopes,
        Map<String, String> parameters,
        List<Method> methods,
        Browser browser) {

    /** How the application asked. */
    public enum Way {
        CODE("oidc-basic-profile", "GET"),
        IMPLICIT("oidc-implicit-profile", "GET"),
        PASSWORD("oauth2-password", "POST"),
        REFRESH_TOKEN("oauth2-refresh-token", "POST");

        private final String protocol;
        private final String verb;

        Way(String protocol, String verb) {
            this.protocol = protocol;
            this.verb = verb;
        }

        String protocol() {
            return protocol;
        }

        String verb() {
            return verb;
        }

        /** Whether the application sends its parameters in the address. */
        boolean isRedirect() {
            return this == CODE || this == IMPLICIT;
        }
    }

    /** Whether the user has signed in by this browser before. */
    public enum Browser {
        KNOWN,
        NEW,
        /** There is none. */
        NONE
    }

    /**
     * What was proved.
     *
     * @param name {@code pwd}, or {@code mfa} for a second factor; or the address of who was asked elsewhere
     * @param type which second factor; null for all else
     */
    public record Method(String name, @Nullable String type, Instant at) {
        private static final int LONGEST = 255;

        /** Whether an action has recorded it, rather than this server. */
        public boolean recorded() {
            return isElsewhere(name);
        }

        static boolean isElsewhere(String name) {
            return name.length() <= LONGEST
                    && StorableText.is(name)
                    && (name.startsWith("https://") || name.startsWith("http://"));
        }
    }

    public SignInContext {
        scopes = Set.copyOf(scopes);
        parameters = Map.copyOf(parameters);
        methods = List.copyOf(methods);
    }
}
