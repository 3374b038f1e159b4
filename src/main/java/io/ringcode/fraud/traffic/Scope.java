package io.ringcode.fraud.traffic;

import java.util.Optional;

/**
 * What messages have in common and are counted by.
 *
 * @param name within its kind: the first digits, a country, or a keyed hash of an address
 */
public record Scope(ScopeKind kind, String name) {
    /** Such as {@code prefix:+22890123}; an address only as what it is. */
    public String label() {
        return switch (kind) {
            case PREFIX_2, PREFIX_3, PREFIX_4, PREFIX_5 -> "prefix:" + name;
            case COUNTRY -> "country:" + name;
            case NEW_PREFIXES -> "new-prefixes:" + name;
            case PROVED_NO_PROGRAM -> "passed-challenge:" + name;
            case NEW_COUNTRIES -> "new-countries:" + name;
            case UNKNOWN_RANGES -> "unknown-ranges:" + name;
            case ADDRESS -> "address";
            case NETWORK -> "address:network";
            case WIDE_NETWORK -> "address:wide-network";
            case ASN -> "asn:" + name;
        };
    }

    /** Stable, for storing: {@code KIND name}. */
    public String key() {
        return kind.name() + " " + name;
    }

    static Scope ofKey(String key) {
        return parse(key).orElseThrow();
    }

    /** @return empty for what is no key */
    public static Optional<Scope> parse(String key) {
        var gap = key.indexOf(' ');
        for (var kind : ScopeKind.values())
            if (gap > 0
                    && gap < key.length() - 1
                    && key.length() < 100
                    && kind.name().equals(key.substring(0, gap)))
                return Optional.of(new Scope(kind, key.substring(gap + 1)));
        return Optional.empty();
    }
}
