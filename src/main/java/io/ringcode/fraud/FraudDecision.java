package io.ringcode.fraud;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a rule against SMS pumping said of a message, or of several, wherever it was not a plain yes.
 *
 * @param scope as people read it, such as {@code prefix:+22890123}
 * @param scopeKey to release or permit it by; empty where the rule is about one number or account
 * @param value in codes that were not typed, beyond what is usual
 * @param until when a message may go again, if nothing else comes; null where that is not known
 * @param mode whether the rule acted or only told
 * @param done what was done in the end, by this rule or another
 * @param count how many decisions this stands for: during an attack most are only counted
 * @param login the sign-in that the message was for; null for several
 * @param price of one message, as far as it is known
 * @param place among what the rules said of the message
 */
public record FraudDecision(
        UUID id,
        Instant at,
        FraudRule rule,
        String scope,
        String scopeKey,
        double value,
        double threshold,
        @Nullable Instant until,
        Answer answer,
        RuleMode mode,
        Answer done,
        int count,
        @Nullable String country,
        @Nullable String channel,
        @Nullable UUID login,
        @Nullable String user,
        @Nullable BigDecimal price,
        @Nullable String currency,
        Place place) {

    /** Mildest first. */
    public enum Answer {
        /** Allowed and watched. */
        ALLOW,
        CHALLENGE,
        REFUSE
    }

    /** Several scopes may speak of one message, which counts once. */
    public enum Place {
        /** It decides. */
        FIRST,
        /** Of its rule it is the one that counts. */
        FIRST_OF_RULE,
        OTHER
    }

    /** Whether its rule refused the message. */
    public boolean refused() {
        return mode == RuleMode.ON && answer == Answer.REFUSE && done == Answer.REFUSE;
    }
}
