package io.ringcode.budget;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An amount of money in millionths of the tenant's currency, so that sums are exact.
 *
 * @param micros never negative
 */
public record Money(long micros) implements Comparable<Money> {
    public static final Money NONE = new Money(0);
    /** A billion of the currency; sums of budgets stay far within a long. */
    public static final BigDecimal MOST = new BigDecimal(1_000_000_000);

    private static final int DECIMALS = 6;

    public Money {
        if (micros < 0) throw new IllegalArgumentException("An amount is not negative");
    }

    /**
     * A fraction of a millionth is rounded up, so that nothing is free that is not.
     *
     * @throws IllegalArgumentException when it is negative, or more than {@link #MOST}
     */
    public static Money of(BigDecimal amount) {
        if (amount.signum() < 0 || amount.compareTo(MOST) > 0)
            throw new IllegalArgumentException("An amount is from 0 to " + MOST.toPlainString());
        return new Money(
                amount.movePointRight(DECIMALS).setScale(0, RoundingMode.UP).longValueExact());
    }

    /** Without trailing zeros, such as 0.0075. */
    public BigDecimal amount() {
        var amount = BigDecimal.valueOf(micros, DECIMALS).stripTrailingZeros();
        return amount.scale() < 0 ? amount.setScale(0) : amount;
    }

    Money plus(Money other) {
        return new Money(micros + other.micros);
    }

    Money times(int count) {
        return new Money(Math.multiplyExact(micros, (long) count));
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(micros, other.micros);
    }
}
