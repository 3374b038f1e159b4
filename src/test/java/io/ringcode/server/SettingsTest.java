package io.ringcode.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ringcode.server.settings.Settings;
import io.ringcode.server.settings.Settings.AdminClient;
import io.ringcode.server.settings.Settings.Tls;
import io.ringcode.server.settings.SettingsRefused;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private final Map<String, String> env = new HashMap<>();

    @Test
    void nothing_set_is_a_production_server_for_this_machine_alone() {
        var settings = read();
        assertThat(settings.address()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.data()).isEqualTo(Path.of("ringcode-data").toAbsolutePath());
        assertThat(settings.dev()).isFalse();
        assertThat(settings.devPhone()).isFalse();
        assertThat(settings.tls()).isNull();
        assertThat(settings.database()).isNull();
        assertThat(settings.publicUrl()).isNull();
    }

    @Test
    void a_public_url_opens_every_address() {
        env.put("RINGCODE_PUBLIC_URL", "https://codes.example.com");
        assertThat(read().address()).isNull();
    }

    @Test
    void a_demo_is_in_development_mode_and_stays_on_this_machine() {
        env.put("RINGCODE_PUBLIC_URL", "http://codes.example.com:8080");
        var settings = read("--demo");
        assertThat(settings.demo()).isTrue();
        assertThat(settings.dev()).isTrue();
        assertThat(settings.devPhone()).isTrue();
        assertThat(settings.address()).isEqualTo("127.0.0.1");
        env.put("RINGCODE_ADDRESS", "0.0.0.0");
        assertThat(read("--demo").address()).isEqualTo("0.0.0.0");
    }

    @Test
    void a_flag_wins_over_its_variable() {
        env.put("RINGCODE_PORT", "1");
        env.put("RINGCODE_DATA_DIR", "/elsewhere");
        var settings = read("--port", "9000", "--data=/here", "--tls", "--tls-port", "9443");
        assertThat(settings.port()).isEqualTo(9000);
        assertThat(settings.data()).isEqualTo(Path.of("/here"));
        assertThat(settings.tls()).isEqualTo(new Tls(9443, null, null));
    }

    @Test
    void lists_and_carriers_are_taken_apart() {
        env.put("RINGCODE_TRUSTED_PROXIES", "10.0.0.0/8, 192.0.2.7,2001:db8::/32");
        env.put("RINGCODE_AWS_SMS_VOICE_BASE_URL", "http://127.0.0.1:1");
        env.put("RINGCODE_ADMIN_CLIENT_ID", "admin");
        env.put("RINGCODE_ADMIN_CLIENT_SECRET", "s".repeat(32));
        var settings = read();
        assertThat(settings.trustedProxies()).containsExactly("10.0.0.0/8", "192.0.2.7", "2001:db8::/32");
        assertThat(settings.carrierBaseUrls()).isEqualTo(Map.of("aws-sms-voice", URI.create("http://127.0.0.1:1")));
        assertThat(settings.adminClient()).isEqualTo(new AdminClient("admin", "s".repeat(32)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RINGCODE_PORT | 70000 | RINGCODE_PORT: must be a port",
                "RINGCODE_PORT | http | RINGCODE_PORT: must be a port",
                "RINGCODE_DEV | maybe | RINGCODE_DEV: must be true or false",
                "RINGCODE_PUBLIC_URL | codes.example.com | RINGCODE_PUBLIC_URL: must be an absolute",
                "RINGCODE_PUBLIC_URL | https://codes.example.com/?a=b | RINGCODE_PUBLIC_URL: must be an absolute",
                "RINGCODE_PUBLIC_URL | http://codes.example.com | RINGCODE_PUBLIC_URL: must be https",
                "RINGCODE_ADDRESS | everywhere | RINGCODE_ADDRESS: must be an IP address",
                "RINGCODE_ADDRESS | 0.0.0.0 | RINGCODE_PUBLIC_URL: must be set where others",
                "RINGCODE_DEV_PHONE | true | the local phone shows codes to anyone; only in development mode",
                "RINGCODE_ADMIN_CLIENT_ID | admin | RINGCODE_ADMIN_CLIENT_SECRET go together",
                "RINGCODE_ADMIN_CLIENT_SECRET | topsecret | RINGCODE_ADMIN_CLIENT_SECRET go together",
                "RINGCODE_DATABASE_URL | mysql://topsecret@db | RINGCODE_DATABASE_URL: must look like jdbc:postgresql",
                "RINGCODE_DATABASE_PASSWORD | topsecret | RINGCODE_DATABASE_URL: must be set too",
                "RINGCODE_TLS_CERTIFICATE | /nowhere.pem | RINGCODE_TLS_CERTIFICATE: must be a file",
                "RINGCODE_TLS_PORT | 443 | has no effect without --tls",
                "RINGCODE_TRUSTED_PROXIES | 10.0.0.0/33 | RINGCODE_TRUSTED_PROXIES: must be IP addresses",
                "RINGCODE_IP_DATABASES | /no/such/file | RINGCODE_IP_DATABASES: must be files that the server can read",
                "RINGCODE_TRUSTED_PROXIES | proxy | RINGCODE_TRUSTED_PROXIES: must be IP addresses",
                "RINGCODE_TWILIO_BASE_URL | ftp://x | RINGCODE_TWILIO_BASE_URL: must be an absolute http(s) URL",
                "RINGCODE_STOP_DELAY | 5s | RINGCODE_STOP_DELAY: must be whole seconds from 0 to 300",
                "RINGCODE_SIGNING_KEY_DAYS | 3 | RINGCODE_SIGNING_KEY_DAYS: must be whole days from 4 to 9999",
                "RINGCODE_TRACES_URL | collector:4318 | RINGCODE_TRACES_URL: must be an absolute",
                "RINGCODE_TRACES_SAMPLED | 1.5 | RINGCODE_TRACES_SAMPLED: must be a fraction from 0 to 1",
                "RINGCODE_TRACES_SAMPLED | .1 | RINGCODE_TRACES_SAMPLED: has no effect without RINGCODE_TRACES_URL",
                "RINGCODE_LOG_FORMAT | xml | RINGCODE_LOG_FORMAT: must be text or json",
                "RINGCODE_PUBLIC_URI | https://x | RINGCODE_PUBLIC_URI: no such variable; did you mean"
                        + " RINGCODE_PUBLIC_URL?",
                "RINGCODE_COFFEE_MACHINE | on | RINGCODE_COFFEE_MACHINE: no such variable"
            })
    void a_wrong_value_is_refused_by_its_name(String name, String value, String complaint) {
        env.put(name, value);
        assertThat(refused()).anySatisfy(problem -> assertThat(problem).contains(complaint));
        assertThat(refused()).allSatisfy(problem -> assertThat(problem).doesNotContain("topsecret"));
    }

    @Test
    void all_problems_are_told_at_once() {
        env.put("RINGCODE_DEV", "maybe");
        env.put("RINGCODE_PUBLIC_URL", "nonsense");
        assertThat(refused("--prot", "1", "--port", "x", "--data")).hasSize(6);
    }

    @Test
    void a_complaint_names_the_flag_that_was_typed() {
        assertThat(refused("--port", "x"))
                .containsExactly("--port: must be a port from 1 to 65535, or 0 for a free one");
    }

    @Test
    void http_and_https_need_two_ports() {
        assertThat(refused("--port", "8443", "--tls")).hasSize(1);
    }

    @Test
    void an_empty_variable_is_not_set_and_the_launchers_own_are_no_business_of_ours() {
        env.put("RINGCODE_PORT", "");
        env.put("RINGCODE_JAVA_HOME", "/opt/jdk");
        env.put("RINGCODE_JAVA_OPTS", "-Xmx1g");
        assertThat(read().port()).isEqualTo(8080);
    }

    /** As Kubernetes sets them for Services called ringcode, ringcode-db and ringcode-tls. */
    @Test
    void what_kubernetes_says_of_its_services_is_passed_over_and_a_slip_of_the_finger_is_not() {
        for (var name : List.of("RINGCODE", "RINGCODE_DB", "RINGCODE_TLS")) {
            env.put(name + "_SERVICE_HOST", "10.0.0.1");
            env.put(name + "_SERVICE_PORT", "8080");
            env.put(name + "_SERVICE_PORT_HTTP", "8080");
            env.put(name + "_PORT", "tcp://10.0.0.1:8080");
            env.put(name + "_PORT_8080_TCP", "tcp://10.0.0.1:8080");
            env.put(name + "_PORT_8080_TCP_PROTO", "tcp");
            env.put(name + "_PORT_8080_TCP_PORT", "8080");
            env.put(name + "_PORT_8080_TCP_ADDR", "10.0.0.1");
        }
        assertThat(read().port()).isEqualTo(8080);
        assertThat(read().tls()).isNull();
        env.put("RINGCODE_SERVICE_HOSTS", "10.0.0.1");
        env.put("RINGCODE_DB_PORT", "5432");
        assertThat(refused()).hasSize(2);
    }

    @Test
    void secrets_are_not_in_the_text_of_settings() {
        env.put("RINGCODE_MASTER_KEY", "topsecret");
        env.put("RINGCODE_DATABASE_URL", "jdbc:postgresql://db/x?password=topsecret");
        env.put("RINGCODE_ADMIN_CLIENT_ID", "admin");
        env.put("RINGCODE_ADMIN_CLIENT_SECRET", "topsecret".repeat(4));
        var settings = read();
        assertThat("" + settings + settings.database() + settings.adminClient()).doesNotContain("topsecret");
    }

    private Settings read(String... args) {
        return Settings.read(args, env);
    }

    private List<String> refused(String... args) {
        return catchThrowableOfType(SettingsRefused.class, () -> read(args)).problems();
    }
}
