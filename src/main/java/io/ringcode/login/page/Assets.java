package io.ringcode.login.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The pages' own files: stylesheets, scripts, a picture; among them the tokens that all pages of this server are made of. */
@Component
public class Assets {
    /** @param version changes with the text */
    record Asset(String type, String text, String version) {}

    private static final Map<String, Asset> ALL = Stream.of(
                    "tokens.css", "pages.css", "pages.js", "message.js", "passkey.js", "proof.js", "icon.svg")
            .collect(Collectors.toUnmodifiableMap(Function.identity(), Assets::read));

    Optional<Asset> find(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    /** Changes with the file, so that browsers keep what they have for good. */
    public static String address(String name) {
        var asset = ALL.get(name);
        if (asset == null) throw new IllegalArgumentException("No asset " + name);
        return "/u/assets/" + name + "?v=" + asset.version();
    }

    private static Asset read(String name) {
        try (var file = Assets.class.getResourceAsStream("/io/ringcode/login/assets/" + name)) {
            if (file == null) throw new IllegalStateException("No asset " + name);
            var bytes = file.readAllBytes();
            var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return new Asset(
                    type(name), new String(bytes, UTF_8), HexFormat.of().formatHex(digest, 0, 6));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("This Java has no SHA-256", impossible);
        }
    }

    private static String type(String name) {
        if (name.endsWith(".css")) return "text/css;charset=utf-8";
        return name.endsWith(".js") ? "text/javascript;charset=utf-8" : "image/svg+xml";
    }
}
