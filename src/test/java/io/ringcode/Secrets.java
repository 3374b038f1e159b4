package io.ringcode;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What must be found nowhere, each by a name that may be told. */
final class Secrets {
    private final Map<String, String> byName = new LinkedHashMap<>();

    /** @return the secret */
    String add(String name, String secret) {
        byName.put(name, secret);
        return secret;
    }

    /** A phone number that nobody else has. */
    String number(String whose) {
        var number = TestTenant.newNumber();
        add(whose + " number, national", number.substring(2));
        return add(whose + " number", number);
    }

    /** A copy. */
    Map<String, String> all() {
        return Map.copyOf(byName);
    }

    /** The names of those that stand in a text plainly, as the hexadecimal form of their bytes, or in Base64. */
    List<String> foundIn(String text) {
        var found = new ArrayList<String>();
        byName.forEach((name, secret) -> {
            var bytes = secret.getBytes(UTF_8);
            var base64 = Base64.getEncoder().withoutPadding().encodeToString(bytes);
            // Six digits may stand by chance inside of an id or of a sealed value, but not as a word.
            var plain = secret.matches("\\d{6}")
                    ? Pattern.compile("(?<![0-9A-Za-z])" + secret + "(?![0-9A-Za-z])")
                            .matcher(text)
                            .find()
                    : text.contains(secret);
            if (plain || text.contains(HexFormat.of().formatHex(bytes)) || text.contains(base64)) found.add(name);
        });
        return found;
    }
}
