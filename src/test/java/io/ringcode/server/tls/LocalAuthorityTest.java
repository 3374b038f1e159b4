package io.ringcode.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ssl.pem.PemContent;

class LocalAuthorityTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    @TempDir
    Path temp;

    @Test
    void the_certificate_is_for_this_machine_and_for_the_public_name() throws Exception {
        at(NOW).certificate(URI.create("https://codes.example.com"));
        assertThat(server().getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(
                        List.of(2, "localhost"),
                        List.of(2, "codes.example.com"),
                        List.of(7, "127.0.0.1"),
                        List.of(7, "0:0:0:0:0:0:0:1"));
        server().verify(read("ca.pem").getPublicKey());
    }

    @Test
    void it_is_kept_until_thirty_days_before_its_end_and_then_renewed_by_the_same_authority() throws Exception {
        at(NOW).certificate(null);
        var authority = read("ca.pem");
        var first = server();
        at(NOW.plus(Duration.ofDays(366))).certificate(null);
        assertThat(server()).isEqualTo(first);
        at(NOW.plus(Duration.ofDays(368))).certificate(null);
        assertThat(server()).isNotEqualTo(first);
        assertThat(read("ca.pem")).isEqualTo(authority);
    }

    @Test
    void another_public_name_needs_another_certificate() throws Exception {
        at(NOW).certificate(URI.create("https://old.example.com"));
        at(NOW).certificate(URI.create("https://new.example.com"));
        assertThat(server().getSubjectAlternativeNames()).contains(List.of(2, "new.example.com"));
    }

    @Test
    void a_start_that_was_interrupted_between_key_and_certificate_is_made_good() throws Exception {
        at(NOW).certificate(null);
        Files.delete(temp.resolve("tls/server.pem"));
        assertThat(at(NOW).certificate(null).keyStore().containsAlias("server")).isTrue();
    }

    @Test
    void a_key_of_another_certificate_is_refused() throws Exception {
        var ours = at(NOW).certificate(null);
        var mixed = new ServerCertificate(ours.certificate(), temp.resolve("tls/ca.key"));
        assertThatThrownBy(mixed::keyStore).isInstanceOf(IOException.class).hasMessageContaining("is not the key of");
    }

    private LocalAuthority at(Instant now) {
        return new LocalAuthority(temp.resolve("tls"), Clock.fixed(now, ZoneOffset.UTC));
    }

    private X509Certificate server() throws IOException {
        return read("server.pem");
    }

    private X509Certificate read(String name) throws IOException {
        return PemContent.load(temp.resolve("tls").resolve(name))
                .getCertificates()
                .getFirst();
    }
}
