package io.ringcode.packaging;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ringcode.Ringcode;
import io.ringcode.server.settings.Settings;
import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The Kubernetes base: that its objects fit each other, and the server. */
class KubernetesTest {
    private static final Path BASE = Path.of("packaging/kubernetes");
    private static final String APP = "/app.kubernetes.io~1name";

    /** The connections of one server to PostgreSQL, as docs/operations.md counts them. */
    private static final int CONNECTIONS = 20;

    @TempDir
    Path temp;

    @Test
    void the_server_takes_the_settings_of_the_config_map() throws IOException {
        var settings = Settings.read(new String[0], environment());
        assertThat(settings.port())
                .isEqualTo(container().at("/ports/0/containerPort").asInt());
        assertThat(settings.address()).as("reachable from other pods").isNull();
        assertThat(settings.data())
                .hasParentRaw(
                        Path.of(container().at("/volumeMounts/0/mountPath").asString()));
    }

    @Test
    void a_stop_is_given_the_time_it_takes() throws IOException {
        var delay = Settings.read(new String[0], environment()).stopDelay();
        assertThat(pod().at("/terminationGracePeriodSeconds").asLong()).isGreaterThan(delay.toSeconds() + 28);
    }

    @Test
    void probes_ask_what_the_server_answers() throws IOException {
        assertThat(container().at("/startupProbe/httpGet/path").asString()).isEqualTo("/health/live");
        assertThat(container().at("/livenessProbe/httpGet/path").asString()).isEqualTo("/health/live");
        assertThat(container().at("/readinessProbe/httpGet/path").asString()).isEqualTo("/health/ready");
        for (var probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            var asked = container().at("/" + probe + "/httpGet");
            assertThat(asked.at("/port").asString())
                    .isEqualTo(container().at("/ports/0/name").asString());
            assertThat(status(asked.at("/path").asString())).as(probe).isEqualTo(200);
        }
    }

    @Test
    void a_pod_may_write_to_its_volumes_alone_and_is_never_root() throws IOException {
        var pod = pod().at("/securityContext");
        assertThat(pod.at("/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/seccompProfile/type").asString()).isEqualTo("RuntimeDefault");
        assertThat(Files.readString(Path.of("Dockerfile")))
                .contains("\nUSER " + pod.at("/runAsUser").asInt() + ":"
                        + pod.at("/runAsGroup").asInt() + "\n");
        var container = container().at("/securityContext");
        assertThat(container.at("/readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(container.at("/allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(container.at("/capabilities/drop/0").asString()).isEqualTo("ALL");
        assertThat(pod().at("/automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(container()
                        .at("/volumeMounts")
                        .valueStream()
                        .map(mount -> mount.at("/mountPath").asString()))
                .contains("/tmp", "/var/lib/ringcode");
    }

    /** An empty selector means every pod of the namespace: that of the database too. */
    @Test
    void every_object_means_these_pods_and_no_others() throws IOException {
        var app = one("deployment").at("/spec/template/metadata/labels" + APP).asString();
        assertThat(app).isEqualTo("ringcode");
        for (var selector : List.of(
                one("deployment").at("/spec/selector/matchLabels"),
                one("service").at("/spec/selector"),
                one("poddisruptionbudget").at("/spec/selector/matchLabels"),
                one("networkpolicy").at("/spec/podSelector/matchLabels"),
                pod().at("/topologySpreadConstraints/0/labelSelector/matchLabels"),
                pod().at("/topologySpreadConstraints/1/labelSelector/matchLabels")))
            assertThat(selector.at(APP).asString()).isEqualTo(app);
        assertThat(one("horizontalpodautoscaler")
                        .at("/spec/scaleTargetRef/name")
                        .asString())
                .isEqualTo(one("deployment").at("/metadata/name").asString());
        assertThat(one("service").at("/spec/ports/0/targetPort").asString())
                .isEqualTo(container().at("/ports/0/name").asString());
    }

    @Test
    void as_many_pods_as_there_may_be_find_connections() throws IOException {
        var most = one("horizontalpodautoscaler").at("/spec/maxReplicas").asInt()
                + one("deployment").at("/spec/strategy/rollingUpdate/maxSurge").asInt();
        assertThat(Files.readString(BASE.resolve("horizontalpodautoscaler.yaml")))
                .contains("`max_connections` must be " + most * CONNECTIONS);
    }

    @Test
    void no_secret_is_in_it() throws IOException {
        for (var object : objects().values())
            assertThat(object.at("/kind").asString()).isNotEqualTo("Secret");
        assertThat(one("configmap").at("/data").propertyNames())
                .doesNotContain("RINGCODE_MASTER_KEY", "RINGCODE_DATABASE_PASSWORD", "RINGCODE_ADMIN_CLIENT_SECRET");
    }

    @Test
    void kustomize_renders_what_the_files_say() throws Exception {
        var kubectl = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, "kubectl"))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(kubectl.isPresent(), "no kubectl here: kustomize is not tried");
        var rendering = new ProcessBuilder(kubectl.orElseThrow().toString(), "kustomize", BASE.toString())
                .redirectError(temp.resolve("err").toFile())
                .start();
        var text = new String(rendering.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(rendering.waitFor())
                .as(Files.readString(temp.resolve("err")))
                .isZero();
        var yaml = YAMLMapper.builder().build();
        var rendered = Stream.of(text.split("(?m)^---$", -1))
                .map(yaml::readTree)
                .collect(toMap(object -> object.at("/kind").asString(), object -> object));
        for (var object : objects().values()) {
            var image = requireNonNull(rendered.get("Deployment")).at("/spec/template/spec/containers/0/image");
            assertThat(image.asString()).matches("ringcode:[0-9.]+");
            if (!object.at("/kind").asString().equals("Deployment"))
                assertThat(rendered).containsEntry(object.at("/kind").asString(), object);
        }
    }

    /** As a container of the pod gets it, with secrets as an operator would make them. */
    private Map<String, String> environment() throws IOException {
        var secret = Files.writeString(temp.resolve("database-password"), "secret");
        var environment = new HashMap<String, String>();
        one("configmap")
                .at("/data")
                .propertyStream()
                .forEach(one -> environment.put(one.getKey(), one.getValue().asString()));
        assertThat(container().at("/envFrom/0/configMapRef/name").asString())
                .isEqualTo(one("configmap").at("/metadata/name").asString());
        container().at("/env").valueStream().forEach(one -> {
            assertThat(one.at("/valueFrom/secretKeyRef/name").asString()).isEqualTo("ringcode");
            environment.put(one.at("/name").asString(), Ringcode.MASTER_KEY);
        });
        var mounted =
                "/etc/ringcode/" + pod().at("/volumes/2/secret/items/0/path").asString();
        assertThat(environment.put("RINGCODE_DATABASE_PASSWORD_FILE", secret.toString()))
                .isEqualTo(mounted);
        return environment;
    }

    private static int status(String path) throws IOException {
        var connection = (HttpURLConnection)
                URI.create("http://localhost:" + Ringcode.shared().port() + path)
                        .toURL()
                        .openConnection();
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }

    private static JsonNode pod() throws IOException {
        return one("deployment").at("/spec/template/spec");
    }

    private static JsonNode container() throws IOException {
        return pod().at("/containers/0");
    }

    private static JsonNode one(String name) throws IOException {
        return YAMLMapper.builder().build().readTree(Files.readString(BASE.resolve(name + ".yaml")));
    }

    /** Those that the kustomization names, which are all files that there are. */
    private static Map<String, JsonNode> objects() throws IOException {
        var named = one("kustomization")
                .at("/resources")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
        try (var files = Files.list(BASE)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> !name.equals("kustomization.yaml")))
                    .containsExactlyInAnyOrderElementsOf(named);
        }
        var objects = new HashMap<String, JsonNode>();
        for (var name : named) objects.put(name, one(name.replace(".yaml", "")));
        return objects;
    }
}
