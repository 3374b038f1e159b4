package io.ringcode.factor;

import io.ringcode.fraud.SignInRisk;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A rule of who is asked for a second factor. It holds where all of its conditions do; one without any holds for everybody.
 *
 * @param ask what is asked where it holds: {@code nothing}, {@code any-factor} or {@code phishing-resistant}
 * @param clients the applications; empty for all
 * @param metadata a path into the user's {@code app_metadata}, with dots; null where that does not matter
 * @param value what stands there, or is among what stands there
 * @param newBrowser whether it holds for new browsers only
 * @param days it holds where this browser has proved no factor for so many days; null where that does not matter
 * @param newCountry whether it holds only where the user has not signed in from the country lately; null, as rules of before have it, for no
 * @param risk it holds where the fraud guard judges the address so or worse: {@code medium} or {@code high}; null where that does not
 *     matter
 */
@JsonNaming(SnakeCaseStrategy.class)
public record SignInRule(
        String ask,
        List<String> clients,
        @Nullable String metadata,
        @Nullable String value,
        boolean newBrowser,
        @Nullable Integer days,
        @Nullable Boolean newCountry,
        @Nullable String risk) {
    public static final String NOTHING = "nothing";
    public static final String ANY_FACTOR = "any-factor";
    public static final String PHISHING_RESISTANT = "phishing-resistant";

    public static final String MEDIUM = "medium";
    public static final String HIGH = "high";

    public SignInRule {
        clients = List.copyOf(clients);
    }

    boolean holds(SignInFacts facts) {
        return (clients.isEmpty() || clients.contains(facts.client().value()))
                && (metadata == null || value == null || isInMetadata(facts, metadata, value))
                && (!newBrowser || facts.newBrowser())
                && (days == null || isOlder(facts.sinceFactor(), days))
                && (!looksAtCountry() || facts.newCountry())
                && (risk == null || facts.risk().compareTo(level(risk)) >= 0);
    }

    boolean looksAtCountry() {
        return Boolean.TRUE.equals(newCountry);
    }

    private static boolean isInMetadata(SignInFacts facts, String path, String value) {
        // A name may have dots in it, as those of claims have.
        var at = facts.appMetadata().get(path);
        if (at == null) at = within(facts, path.split("\\.", -1));
        if (at == null) return false;
        return at.isArray() ? at.valueStream().anyMatch(one -> is(one, value)) : is(at, value);
    }

    private static @Nullable JsonNode within(SignInFacts facts, String[] names) {
        var at = facts.appMetadata().get(names[0]);
        for (int i = 1; i < names.length && at != null; i++) at = at.get(names[i]);
        return at;
    }

    private static boolean is(JsonNode found, String value) {
        return found.isValueNode() && found.asString("").equals(value);
    }

    /** Also of a word of a newer server: to ask too often is the safe side. */
    private static SignInRisk.Level level(String risk) {
        return risk.equals(HIGH) ? SignInRisk.Level.HIGH : SignInRisk.Level.MEDIUM;
    }

    private static boolean isOlder(@Nullable Duration age, int days) {
        return age == null || age.compareTo(Duration.ofDays(days)) >= 0;
    }

    /**
     * A proof that is too old does not count, nor does a browser that is remembered by it; and one of another country may be a thief's
     * who has the cookies alone.
     */
    Demand demand() {
        var fresh = days != null || looksAtCountry();
        return switch (ask) {
            case NOTHING -> Demand.NOTHING;
            case PHISHING_RESISTANT -> new Demand(Demand.Level.PHISHING_RESISTANT, fresh);
            // Also a word of a newer server: to ask is the safe side.
            default -> new Demand(Demand.Level.ANY_FACTOR, fresh);
        };
    }
}
