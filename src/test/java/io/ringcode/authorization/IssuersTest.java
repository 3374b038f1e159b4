package io.ringcode.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import java.net.URI;
import java.net.http.HttpRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** In development, without a public URL, the server is called what it was asked by. */
class IssuersTest {
    private final TestTenant tenant = Ringcode.shared().tenant();

    @Test
    void the_issuer_follows_the_host_and_ends_in_a_slash() {
        assertThat(issuer("login.test", null)).isEqualTo("http://login.test/");
        assertThat(issuer("login.test:8080", null)).isEqualTo("http://login.test:8080/");
        assertThat(issuer("[::1]:8080", null)).isEqualTo("http://[::1]:8080/");
    }

    @Test
    void a_proxy_on_this_machine_may_say_https() {
        assertThat(issuer("login.test:8443", "https")).isEqualTo("https://login.test:8443/");
        assertThat(issuer("login.test", "https")).isEqualTo("https://login.test/");
        assertThat(issuer("login.test", "gopher")).isEqualTo("http://login.test/");
    }

    private String issuer(String host, @Nullable String scheme) {
        var request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + tenant.server().port() + "/.well-known/openid-configuration"))
                .header("Host", host);
        return tenant.send(scheme == null ? request : request.header("X-Forwarded-Proto", scheme))
                .text("issuer");
    }
}
