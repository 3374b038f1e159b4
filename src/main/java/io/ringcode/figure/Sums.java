package io.ringcode.figure;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/**
 * Sums over messages.
 *
 * @param messages all that were asked for
 * @param sent those that a carrier took
 * @param delivered those that are known to have arrived: by a receipt, or because the code was typed
 * @param failed those that no carrier took in time, or that were refused
 * @param codes logins and enrolments that a message was sent for, however many it took
 * @param verified how many of those ended with the right code
 * @param cost by currency (ISO 4217), as carriers reported it
 * @param priced of how many messages that is the cost, by currency
 */
public record Sums(
        long messages,
        long sent,
        long delivered,
        long failed,
        long codes,
        long verified,
        Map<String, BigDecimal> cost,
        Map<String, Long> priced) {
    static final Sums NONE = new Sums(0, 0, 0, 0, 0, 0, Map.of(), Map.of());

    Sums plus(Sums other) {
        var cost = new HashMap<>(cost());
        other.cost().forEach((currency, amount) -> cost.merge(currency, amount, BigDecimal::add));
        var priced = new HashMap<>(priced());
        other.priced().forEach((currency, messages) -> priced.merge(currency, messages, Long::sum));
        return new Sums(
                messages + other.messages(),
                sent + other.sent(),
                delivered + other.delivered(),
                failed + other.failed(),
                codes + other.codes(),
                verified + other.verified(),
                cost,
                priced);
    }
}
