package io.ringcode.geoip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringcode.server.settings.Settings;
import io.ringcode.server.settings.StartRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files in the MaxMind DB format, as operators put them there. */
class GeoIpTest {
    @TempDir
    Path folder;

    private static GeoIp reading(Path... files) {
        var names = Arrays.stream(files).map(Path::toString).collect(Collectors.joining(", "));
        return new GeoIp(Settings.read(new String[] {"--dev"}, Map.of("RINGCODE_IP_DATABASES", names)));
    }

    private Path asns(int asn) throws Exception {
        return MaxMindFile.write(
                folder.resolve("asn.mmdb"),
                Map.of(
                        "198.51.100.0/24",
                                Map.of("autonomous_system_number", asn, "autonomous_system_organization", "Example"),
                        "2001:db8::/32", Map.of("autonomous_system_number", 64_501)));
    }

    @Test
    void several_files_say_what_each_knows() throws Exception {
        var countries = MaxMindFile.write(
                folder.resolve("country.mmdb"),
                Map.of(
                        "198.51.100.128/25",
                        Map.of("country", Map.of("iso_code", "NZ", "names", Map.of("en", "New Zealand"))),
                        "203.0.113.0/24",
                        Map.of("traits", Map.of("autonomous_system_number", 64_502))));
        var hosting = MaxMindFile.write(
                folder.resolve("anonymous.mmdb"), Map.of("203.0.113.7/32", Map.of("is_hosting_provider", true)));
        var geoIp = reading(asns(64_500), countries, hosting);
        assertThat(geoIp.of("198.51.100.1")).isEqualTo(new AddressFacts(64_500, null, false));
        assertThat(geoIp.of("198.51.100.200")).isEqualTo(new AddressFacts(64_500, "NZ", false));
        assertThat(geoIp.of("2001:db8:1::7")).isEqualTo(new AddressFacts(64_501, null, false));
        assertThat(geoIp.of("203.0.113.7")).isEqualTo(new AddressFacts(64_502, null, true));
        assertThat(geoIp.of("::ffff:203.0.113.7")).isEqualTo(new AddressFacts(64_502, null, true));
    }

    @Test
    void what_is_no_known_address_has_no_facts() throws Exception {
        var geoIp = reading(asns(64_500));
        for (var none : new String[] {null, "", "192.0.2.1", "example.com", "1", "::", "198.51.100.1%1", "unknown"})
            assertThat(geoIp.of(none)).as(none).isEqualTo(AddressFacts.NONE);
        assertThat(reading().of("198.51.100.1")).isEqualTo(AddressFacts.NONE);
    }

    @Test
    void members_of_other_types_are_no_facts() throws Exception {
        var other = MaxMindFile.write(
                folder.resolve("other.mmdb"), Map.of("198.51.100.0/24", Map.of("country", "NZ", "asn", "AS64500")));
        assertThat(reading(other).of("198.51.100.1")).isEqualTo(AddressFacts.NONE);
    }

    @Test
    void another_file_in_its_place_is_read_and_a_broken_one_is_not() throws Exception {
        var file = asns(64_500);
        var geoIp = reading(file);
        asns(64_510);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_900_000_000_000L));
        geoIp.run();
        assertThat(geoIp.of("198.51.100.1").asn()).isEqualTo(64_510);
        Files.move(
                Files.writeString(folder.resolve("broken"), "no database"),
                file,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        geoIp.run();
        assertThat(geoIp.of("198.51.100.1").asn()).isEqualTo(64_510);
        Files.delete(file);
        geoIp.run();
        assertThat(geoIp.of("198.51.100.1").asn()).isEqualTo(64_510);
    }

    @Test
    void a_start_without_its_file_is_refused_in_a_sentence() throws Exception {
        assertThatThrownBy(() -> reading(folder.resolve("missing.mmdb")))
                .hasMessageStartingWith("RINGCODE_IP_DATABASES: must be files that the server can read: ");
        var text = Files.writeString(folder.resolve("text.mmdb"), "no database");
        assertThatThrownBy(() -> reading(text))
                .isInstanceOf(StartRefused.class)
                .hasMessageEndingWith("text.mmdb is no file in the MaxMind DB format");
    }
}
