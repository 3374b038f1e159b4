package io.ringcode.factor;

import io.ringcode.client.ClientId;
import io.ringcode.fraud.SignInRisk;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the rules of a {@link SignInPolicy} look at.
 *
 * @param appMetadata of the user
 * @param newBrowser whether the user has not signed in by this browser before; also where there is no browser, so nobody knows
 * @param sinceFactor how long ago this browser proved a second factor of the user; null for never, or where nobody knows
 * @param newCountry whether the user has not signed in from this country lately
 * @param risk as the fraud guard judges the address
 */
public record SignInFacts(
        ClientId client,
        Map<String, JsonNode> appMetadata,
        boolean newBrowser,
        @Nullable Duration sinceFactor,
        boolean newCountry,
        SignInRisk.Level risk) {
    public SignInFacts {
        appMetadata = Map.copyOf(appMetadata);
    }

    /** The same at another application. */
    SignInFacts of(ClientId client) {
        return new SignInFacts(client, appMetadata, newBrowser, sinceFactor, newCountry, risk);
    }
}
