package io.ringcode.budget;

import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a carrier asks for a segment of an SMS or for a call, as CSV: {@code country,prefix,channel,price}, such as
 * {@code TG,22890,sms,0.21}. The longest prefix that fits decides, then the country, then {@code *}. A line without a prefix is for
 * its whole country.
 */
public final class PriceList {
    public static final int MOST_LINES = 20_000;
    public static final String HEADER = "country,prefix,channel,price";

    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}|\\*");
    private static final Pattern PREFIX = Pattern.compile("[0-9]{0,15}");
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,9})?");

    /** The keys are a channel and a prefix without plus, or a country, or a star. */
    private final Map<String, Money> prices;

    /** Of all lines of a country, with and without a prefix, by channel and country. */
    private final Map<String, PriceRange> ofCountries;

    private PriceList(Map<String, Money> prices, Map<String, PriceRange> ofCountries) {
        this.prices = prices;
        this.ofCountries = ofCountries;
    }

    /** A line that cannot be read. */
    public static final class InvalidLine extends Exception {
        private InvalidLine(int line, String what) {
            super("Line " + line + ": " + what);
        }
    }

    /** @throws InvalidLine with a sentence that says what is wrong, and where */
    public static PriceList parse(String csv) throws InvalidLine {
        var prices = new HashMap<String, Money>();
        var ofCountries = new HashMap<String, PriceRange>();
        var lines = csv.strip().split("\\R", -1);
        if (lines.length > MOST_LINES)
            throw new InvalidLine(MOST_LINES + 1, "a list has at most " + MOST_LINES + " lines");
        for (int i = 0; i < lines.length; i++) {
            var line = lines[i].strip();
            if (line.isEmpty()
                    || (i == 0 && line.toLowerCase(Locale.ROOT).replace(" ", "").equals(HEADER))) continue;
            var price = price(line, i + 1);
            if (prices.put(key(line, i + 1), price) != null)
                throw new InvalidLine(i + 1, "there is another price for the same country, prefix and channel");
            var fields = fields(line, i + 1);
            ofCountries.merge(fields[2] + " " + fields[0], new PriceRange(price, price), PriceRange::with);
        }
        return new PriceList(prices, ofCountries);
    }

    private static String[] fields(String line, int number) throws InvalidLine {
        var fields = line.split(",", -1);
        if (fields.length != 4) throw new InvalidLine(number, "expected " + HEADER);
        for (int i = 0; i < fields.length; i++) fields[i] = fields[i].strip();
        return fields;
    }

    private static String key(String line, int number) throws InvalidLine {
        var fields = fields(line, number);
        if (!COUNTRY.matcher(fields[0]).matches())
            throw new InvalidLine(number, "the country must be two capital letters (ISO 3166-1), or * for all others");
        var prefix = fields[1].startsWith("+") ? fields[1].substring(1) : fields[1];
        if (!PREFIX.matcher(prefix).matches())
            throw new InvalidLine(number, "the prefix must be digits, calling code first, or empty");
        var channel = Channel.of(fields[2])
                .orElseThrow(() -> new InvalidLine(number, "the channel must be one of " + channels()));
        return channel.wire() + " " + (prefix.isEmpty() ? fields[0] : prefix);
    }

    private static Money price(String line, int number) throws InvalidLine {
        var amount = fields(line, number)[3];
        if (!AMOUNT.matcher(amount).matches())
            throw new InvalidLine(number, "the price must be a number such as 0.0075");
        return Money.of(new BigDecimal(amount));
    }

    private static String channels() {
        var names = new java.util.ArrayList<String>();
        for (var channel : Channel.values()) names.add(channel.wire());
        return String.join(", ", names);
    }

    public int size() {
        return prices.size();
    }

    /** For one segment or call; empty where no line fits. */
    Optional<Money> price(PhoneNumber to, String country, Channel channel) {
        var digits = to.e164().substring(1);
        for (int length = digits.length(); length > 0; length--) {
            var price = prices.get(channel.wire() + " " + digits.substring(0, length));
            if (price != null) return Optional.of(price);
        }
        var ofCountry = prices.get(channel.wire() + " " + country);
        return Optional.ofNullable(ofCountry != null ? ofCountry : prices.get(channel.wire() + " *"));
    }

    /** What is asked for in a country, by all its lines; empty where none names it. */
    Optional<PriceRange> ofCountry(String country, Channel channel) {
        return Optional.ofNullable(ofCountries.get(channel.wire() + " " + country));
    }

    /** What is asked for in countries that no line names. */
    Optional<PriceRange> elsewhere(Channel channel) {
        return ofCountry("*", channel);
    }

    /** The countries that lines of that channel name. */
    Set<String> countries(Channel channel) {
        return ofCountries.keySet().stream()
                .filter(key -> key.startsWith(channel.wire() + " "))
                .map(key -> key.substring(channel.wire().length() + 1))
                .filter(country -> !country.equals("*"))
                .collect(Collectors.toUnmodifiableSet());
    }
}
