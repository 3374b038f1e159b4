package io.ringcode.geoip;

import com.maxmind.db.ClosedDatabaseException;
import com.maxmind.db.MaxMindDbConstructor;
import com.maxmind.db.MaxMindDbParameter;
import com.maxmind.db.Reader;
import io.ringcode.server.settings.StartRefused;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file in the MaxMind DB format, mapped into memory, with the members that GeoIP2 and GeoLite2 name: ASN, Country, City,
 * Enterprise, Anonymous IP. Another file in its place is read within a minute.
 */
final class IpDatabase {
    private static final Logger LOG = LoggerFactory.getLogger(IpDatabase.class);

    private final Path file;
    private FileTime written;
    private volatile Reader reader;

    /** @throws StartRefused where it cannot be read */
    IpDatabase(Path file) {
        this.file = file;
        try {
            this.written = Files.getLastModifiedTime(file);
            this.reader = new Reader(file.toFile());
        } catch (IOException unreadable) {
            throw StartRefused.because("RINGCODE_IP_DATABASES: " + file + " is no file in the MaxMind DB format");
        }
    }

    AddressFacts find(InetAddress address) {
        try {
            var row = reader.get(address, Row.class);
            return row == null ? AddressFacts.NONE : row.facts();
        } catch (ClosedDatabaseException _) {
            // Another file has taken its place since.
            return find(address);
        } catch (IOException | RuntimeException damaged) {
            LOG.debug("{} has nothing readable about an address", file, damaged);
            return AddressFacts.NONE;
        }
    }

    /** Reads the file again where there is another; keeps the last one that could be read. */
    void refresh() {
        try {
            var now = Files.getLastModifiedTime(file);
            if (now.equals(written)) return;
            written = now;
            var old = reader;
            reader = new Reader(file.toFile());
            old.close();
            LOG.info("Read {} again, of {}", file, reader.getMetadata().buildTime());
        } catch (IOException unreadable) {
            LOG.warn("{} cannot be read: {}. What was read last stays in use.", file, unreadable.getMessage());
        }
    }

    /** Members of what is stored of a network; public, as the reader makes it. */
    public record Row(
            @Nullable Long asn,
            @Nullable Country country,
            @Nullable Traits traits,
            @Nullable Boolean hosting) {
        @MaxMindDbConstructor
        public Row(
                @MaxMindDbParameter(name = "autonomous_system_number") @Nullable Long asn,
                @MaxMindDbParameter(name = "country") @Nullable Country country,
                @MaxMindDbParameter(name = "traits") @Nullable Traits traits,
                @MaxMindDbParameter(name = "is_hosting_provider") @Nullable Boolean hosting) {
            this.asn = asn;
            this.country = country;
            this.traits = traits;
            this.hosting = hosting;
        }

        private AddressFacts facts() {
            var named = asn != null || traits == null ? asn : traits.asn();
            var place = country == null ? null : country.code();
            return new AddressFacts(named == null ? 0 : named.intValue(), place, Boolean.TRUE.equals(hosting));
        }
    }

    /** As in {@code Country}, {@code City} and {@code Enterprise}. */
    public record Country(@Nullable String code) {
        @MaxMindDbConstructor
        public Country(@MaxMindDbParameter(name = "iso_code") @Nullable String code) {
            this.code = code;
        }
    }

    /** As in {@code Enterprise}. */
    public record Traits(@Nullable Long asn) {
        @MaxMindDbConstructor
        public Traits(@MaxMindDbParameter(name = "autonomous_system_number") @Nullable Long asn) {
            this.asn = asn;
        }
    }
}
