package io.ringcode.server.storage;

import io.ringcode.server.settings.Settings;
import io.ringcode.server.settings.StartRefused;
import io.ringcode.server.system.Failures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.Base64;

/** The key under which all secrets in the database lie. Whoever loses it loses them: it is not in the database. */
public final class MasterKey {
    private static final int LENGTH = 32;

    private final byte[] bytes;

    /** @param bytes 32 of them */
    public MasterKey(byte[] bytes) {
        if (bytes.length != LENGTH) throw new IllegalArgumentException("A master key has " + LENGTH + " bytes");
        this.bytes = bytes.clone();
    }

    /**
     * The operator's key where one is set; else the one in the data folder, which the first start makes.
     *
     * @throws StartRefused if what is there is no key; it is never replaced, since secrets may lie under it
     */
    public static MasterKey load(Settings settings, DataFolder folder) {
        if (settings.masterKey() != null) return parse(settings.masterKey(), "RINGCODE_MASTER_KEY");
        var file = folder.resolve("master.key");
        try {
            if (Files.exists(file)) return parse(Files.readString(file, StandardCharsets.ISO_8859_1), file.toString());
            var bytes = new byte[LENGTH];
            new SecureRandom().nextBytes(bytes);
            var text = Base64.getEncoder().encodeToString(bytes) + "\n";
            DurableFiles.writePrivate(file, text.getBytes(StandardCharsets.US_ASCII));
            return new MasterKey(bytes);
        } catch (IOException failure) {
            throw new StartRefused(
                    1, "The master key " + file + " can be neither read nor made: " + Failures.reason(failure));
        }
    }

    private static MasterKey parse(String text, String source) {
        try {
            var bytes = Base64.getDecoder().decode(text.strip());
            if (bytes.length == LENGTH) return new MasterKey(bytes);
        } catch (IllegalArgumentException _) {
            // the same problem as a wrong length
        }
        throw new StartRefused(
                78,
                source + ": must be 32 bytes in Base64, as `openssl rand -base64 32` prints; restore it from a backup");
    }

    /** A copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        return "MasterKey[•••]";
    }
}
