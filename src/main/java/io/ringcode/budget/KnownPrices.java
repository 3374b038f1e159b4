package io.ringcode.budget;

import java.util.Map;
import java.util.Optional;

/**
 * What is known of a carrier's prices for one segment or call, by receipts and by its price list.
 *
 * @param byCountry ISO 3166-1 alpha-2
 * @param elsewhere in countries that are not named; empty where that is not known
 */
public record KnownPrices(Map<String, PriceRange> byCountry, Optional<PriceRange> elsewhere) {}
