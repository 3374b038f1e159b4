package io.ringcode.authorization;

import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.IgnoreUnknown;
import org.jspecify.annotations.Nullable;

/** What a client says in a body to prove itself: its secret, or an assertion (RFC 7521 section 4.2). */
@IgnoreUnknown
public record ClientCredentials(
        @Nullable String clientId,
        @Nullable String clientSecret,
        @Nullable String clientAssertion,
        @Nullable String clientAssertionType)
        implements JsonBody {
    /** Without what proves it. */
    @Override
    public String toString() {
        return "ClientCredentials[" + clientId + "]";
    }
}
