package io.ringcode.user;

import io.ringcode.text.Punycode;
import io.ringcode.text.Typed;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A login name in its one canonical form, by which users are told apart: an e-mail address or a user name, whatever its
 * case, its script's way of writing a letter, and whether its domain stands in letters or in Punycode (RFC 8265 section 3.3,
 * RFC 5891). It is compared, never shown.
 */
public record LoginName(String form) {

    public static LoginName of(String typed) {
        var name = new Typed(typed).name();
        var at = name.lastIndexOf('@');
        return new LoginName(
                at < 0 ? folded(name) : folded(name.substring(0, at)) + "@" + domain(name.substring(at + 1)));
    }

    /** What a user signs in by; an address that is the user name too counts once. */
    static Set<LoginName> of(@Nullable String email, @Nullable String username) {
        var names = new LinkedHashSet<LoginName>();
        if (email != null) names.add(of(email));
        if (username != null) names.add(of(username));
        return names;
    }

    /** Browsers write the domain of an address in Punycode, people and keyboards do not. */
    private static String domain(String domain) {
        return Arrays.stream(folded(domain)
                        .replace('\u3002', '.')
                        .replace('\uff61', '.')
                        .split("\\.", -1))
                .map(label -> label.startsWith("xn--")
                        ? folded(Punycode.decoded(label.substring(4)).orElse(label))
                        : label)
                .collect(Collectors.joining("."));
    }

    /** Java's lower case, here alone: a database folds letters by rules of its own, and a last sigma is a sigma. */
    private static String folded(String text) {
        var lower = Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replace('\u03c2', '\u03c3');
        return Normalizer.normalize(lower, Normalizer.Form.NFKC);
    }
}
