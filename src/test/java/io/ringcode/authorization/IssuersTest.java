package io.ringcode.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestDatabase;
import io.ringcode.TestTenant;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.delivery.TestClock;
import io.ringcode.tenant.TenantId;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
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

    @Test
    void with_a_public_url_a_tenant_is_called_by_its_own_domain() {
        var carrier = new FakeCarrier();
        var env = Map.of("RINGCODE_PUBLIC_URL", "https://login.example.com:8443");
        try (carrier;
                var server = Ringcode.on(TestDatabase.freshDatabase(), carrier, new TestClock(), env)) {
            var own = server.tenant();
            assertThat(own.get("/.well-known/openid-configuration", null).text("issuer"))
                    .isEqualTo("https://" + own.host() + ":8443/");
            var other = new TestTenant(server, TenantId.DEFAULT, "elsewhere.test", "", "");
            assertThat(other.get("/.well-known/openid-configuration", null).text("issuer"))
                    .isEqualTo("https://login.example.com:8443/");
        }
    }

    private String issuer(String host, @Nullable String scheme) {
        var request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + tenant.server().port() + "/.well-known/openid-configuration"))
                .header("Host", host);
        return tenant.send(scheme == null ? request : request.header("X-Forwarded-Proto", scheme))
                .text("issuer");
    }
}
