package io.ringcode.delivery.vonage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringcode.secret.Macs;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How {@code sig} of the SMS API is made, a setting of the Vonage account (Vonage's guide "Signing messages"). */
enum SignatureMethod {
    MD5HASH,
    MD5,
    SHA1,
    SHA256,
    SHA512;

    /** As Vonage's dashboard and libraries name them. */
    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static SignatureMethod of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }

    static String pattern() {
        return Arrays.stream(values()).map(SignatureMethod::wire).collect(Collectors.joining("|"));
    }

    /** Lower-case hexadecimal. */
    String sign(Map<String, String> parameters, String secret) {
        var text = new StringBuilder();
        new TreeMap<>(parameters).forEach((name, value) -> {
            if (!name.equals("sig") && !value.isEmpty())
                text.append('&').append(plain(name)).append('=').append(plain(value));
        });
        return Macs.hex(
                switch (this) {
                    case MD5HASH -> Macs.digest("MD5", (text + secret).getBytes(UTF_8));
                    case MD5, SHA1, SHA256, SHA512 ->
                        Macs.mac(
                                "Hmac" + name(),
                                secret.getBytes(UTF_8),
                                text.toString().getBytes(UTF_8));
                });
    }

    private static String plain(String text) {
        return text.replace('&', '_').replace('=', '_');
    }
}
