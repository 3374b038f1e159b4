package io.ringcode.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringcode.user.KnownHash;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads {@code custom_password_hash}, as Auth0's bulk import has it, into the one text form that each algorithm has here. */
final class HashReader {
    private static final String ROOT = "custom_password_hash";
    private static final Pattern PBKDF2 =
            Pattern.compile("\\$pbkdf2-(sha1|sha256|sha512)\\$i=([0-9]+)(?:,l=([0-9]+))?(\\$[^$]+\\$[^$]+)");
    private static final Map<String, Set<String>> MEMBERS = Map.of(
            "bcrypt", Set.of("algorithm", "hash", "password"),
            "argon2", Set.of("algorithm", "hash", "password"),
            "pbkdf2", Set.of("algorithm", "hash", "password"),
            "scrypt", Set.of("algorithm", "hash", "salt", "password", "keylen", "cost", "blockSize", "parallelization"),
            "sha1", Set.of("algorithm", "hash", "salt", "password"),
            "sha256", Set.of("algorithm", "hash", "salt", "password"),
            "sha512", Set.of("algorithm", "hash", "salt", "password"));

    interface Problems {
        void add(String code, String message, String path);
    }

    private final JsonNode custom;
    private final Problems problems;
    private boolean sound = true;

    HashReader(JsonNode custom, Problems problems) {
        this.custom = custom;
        this.problems = problems;
    }

    /** @return null when there are problems */
    @Nullable
    String read() {
        var algorithm = custom.path("algorithm").asString("");
        var members = MEMBERS.get(algorithm);
        if (members == null) {
            problem(
                    "INVALID_FORMAT",
                    "The algorithms are argon2, bcrypt, pbkdf2, scrypt, sha1, sha256 and sha512",
                    "algorithm");
            return null;
        }
        only(custom, members, "");
        only(custom.path("hash"), Set.of("value", "encoding"), "hash.");
        only(custom.path("salt"), Set.of("value", "encoding", "position"), "salt.");
        only(custom.path("password"), Set.of("encoding"), "password.");
        // The bytes of a password in another encoding would be others.
        if (!Set.of("utf8", "ascii")
                .contains(custom.path("password").path("encoding").asString("utf8")))
            problem("INVALID_FORMAT", "The encodings are utf8 and ascii", "password.encoding");
        if (!custom.path("hash").path("value").isString())
            problem("INVALID_TYPE", "Expected type string", "hash.value");
        var text = sound ? text(algorithm) : null;
        if (text == null || KnownHash.is(text)) return text;
        problem("INVALID_FORMAT", "Is not a valid hash, or its cost is too high", "hash.value");
        return null;
    }

    private @Nullable String text(String algorithm) {
        return switch (algorithm) {
            case "bcrypt", "argon2" -> custom.path("hash").path("value").asString();
            case "pbkdf2" -> pbkdf2();
            case "scrypt" -> scrypt();
            default -> digest(algorithm);
        };
    }

    /** In the PHC form: the length that it names must be the hash's own. */
    private @Nullable String pbkdf2() {
        var found = PBKDF2.matcher(custom.path("hash").path("value").asString());
        if (!found.matches()) {
            problem("INVALID_FORMAT", "Expected $pbkdf2-DIGEST$i=ITERATIONS,l=LENGTH$SALT$HASH", "hash.value");
            return null;
        }
        return "$pbkdf2-" + found.group(1) + "$i=" + found.group(2)
                + found.group(4).replace("=", "").replace('.', '+');
    }

    private @Nullable String scrypt() {
        var cost = custom.path("cost").asLong(16_384);
        var block = custom.path("blockSize").asLong(8);
        var lanes = custom.path("parallelization").asLong(1);
        var hash = bytes("hash", "hex");
        var salt = bytes("salt", "utf8");
        if (hash == null || salt == null) return null;
        if (custom.path("keylen").asInt(hash.length) != hash.length) {
            problem("INVALID_FORMAT", "Is not the length of the hash in bytes", "keylen");
            return null;
        }
        return "$scrypt$n=" + cost + ",r=" + block + ",p=" + lanes + "$" + base64(salt) + "$" + base64(hash);
    }

    private @Nullable String digest(String algorithm) {
        var position = custom.path("salt").path("position").asString("prefix");
        if (!Set.of("prefix", "suffix").contains(position)) {
            problem("INVALID_FORMAT", "The positions are prefix and suffix", "salt.position");
            return null;
        }
        var hash = bytes("hash", "hex");
        var salt = custom.has("salt") ? bytes("salt", "utf8") : new byte[0];
        if (hash == null || salt == null) return null;
        return "$" + algorithm + "$" + position + "$" + base64(salt) + "$" + base64(hash);
    }

    private byte @Nullable [] bytes(String name, String usual) {
        var value = custom.path(name).path("value").asString("");
        try {
            switch (custom.path(name).path("encoding").asString(usual)) {
                case "hex" -> {
                    return HexFormat.of().parseHex(value);
                }
                case "base64" -> {
                    return Base64.getDecoder().decode(value);
                }
                case "utf8" -> {
                    return value.getBytes(UTF_8);
                }
                default -> problem("INVALID_FORMAT", "The encodings are hex, base64 and utf8", name + ".encoding");
            }
        } catch (IllegalArgumentException unreadable) {
            problem("INVALID_FORMAT", "Is not in its encoding", name + ".value");
        }
        return null;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }

    private void only(JsonNode object, Set<String> known, String path) {
        for (var name : object.propertyNames())
            if (!known.contains(name))
                problem("OBJECT_ADDITIONAL_PROPERTIES", "Additional properties not allowed", path + name);
    }

    private void problem(String code, String message, String path) {
        sound = false;
        problems.add(code, message, ROOT + "." + path);
    }
}
