package io.ringcode.budget;

/** The least and the most that something costs. */
public record PriceRange(Money least, Money most) {
    PriceRange with(PriceRange other) {
        return new PriceRange(
                least.compareTo(other.least) <= 0 ? least : other.least,
                most.compareTo(other.most) >= 0 ? most : other.most);
    }
}
