package io.ringcode.packaging;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ringcode.Ringcode;
import io.ringcode.server.system.Command;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Alert rules and dashboard: they ask for what the server tells, and each alert has its page in the runbook. */
class MonitoringTest {
    private static final Path ALERTS = Path.of("packaging/monitoring/alerts.yaml");
    private static final Path DASHBOARD = Path.of("packaging/monitoring/dashboard.json");
    private static final Path ADAPTER = Path.of("packaging/monitoring/prometheus-adapter.yaml");
    private static final Path AUTOSCALER = Path.of("packaging/kubernetes/horizontalpodautoscaler.yaml");
    private static final Pattern METRIC = Pattern.compile("\\b(?:ringcode|http|jvm|hikaricp|process)_[a-z_]+\\b");

    @Test
    void every_alert_says_how_grave_it_is_and_has_a_page() throws IOException {
        var pages = Files.readAllLines(Path.of("docs/runbook.md")).stream()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3));
        assertThat(pages)
                .isEqualTo(alerts().map(alert -> alert.at("/alert").asString()).toList());
        assertThat(alerts()).allSatisfy(alert -> {
            assertThat(alert.at("/labels/severity").asString()).isIn("critical", "warning");
            assertThat(alert.at("/annotations/summary").asString()).isNotBlank();
            assertThat(alert.at("/expr").asString()).isNotBlank();
        });
    }

    @Test
    void the_server_has_every_metric_that_is_asked_for() throws Exception {
        var known = known();
        assertThat(metrics(alerts().map(alert -> alert.at("/expr").asString())))
                .isNotEmpty()
                .isSubsetOf(known);
        assertThat(metrics(panels().flatMap(panel -> panel.at("/targets").valueStream())
                        .map(target -> target.at("/expr").asString())))
                .isNotEmpty()
                .isSubsetOf(known);
    }

    @Test
    void the_autoscaler_asks_for_what_the_adapter_makes_of_a_metric_of_the_server() throws Exception {
        var rule = yaml(ADAPTER).at("/rules/custom/0");
        assertThat(metrics(Stream.of(rule.at("/seriesQuery").asString())))
                .hasSize(1)
                .isSubsetOf(known());
        assertThat(yaml(AUTOSCALER).at("/spec/metrics/0/pods/metric/name")).isEqualTo(rule.at("/name/as"));
    }

    @Test
    void panels_are_apart_and_lie_within_the_grid() throws IOException {
        var panels = panels().toList();
        assertThat(panels.stream().map(panel -> panel.at("/id").asInt())).doesNotHaveDuplicates();
        assertThat(panels.stream().map(panel -> panel.at("/gridPos/x").asInt() + "," + panel.at("/gridPos/y")))
                .doesNotHaveDuplicates();
        assertThat(panels)
                .allSatisfy(panel -> assertThat(panel.at("/gridPos/x").asInt()
                                + panel.at("/gridPos/w").asInt())
                        .isLessThanOrEqualTo(24));
    }

    @Test
    void prometheus_has_nothing_to_say_against_the_rules() throws IOException {
        var promtool = Command.find("promtool");
        assumeTrue(promtool.isPresent(), "no promtool here: the expressions are not parsed");
        var check = Command.run(
                List.of(promtool.orElseThrow().toString(), "check", "rules", ALERTS.toString()),
                Path.of("").toAbsolutePath(),
                Duration.ofSeconds(60));
        assertThat(check.exit()).as(check.output()).isZero();
    }

    /** What a server tells from its first request on, and, of what is counted when it first happens, what the docs name. */
    private static Set<String> known() throws Exception {
        var address = "http://localhost:" + Ringcode.shared().port();
        var known = new TreeSet<String>();
        try (var http = HttpClient.newHttpClient()) {
            for (var path : List.of("/health/live", "/metrics")) {
                var answer = http.send(
                        HttpRequest.newBuilder(URI.create(address + path)).build(), ofString());
                known.addAll(metrics(Stream.of(answer.body())));
            }
        }
        for (var page : List.of("operations", "routes", "log-streams", "fraud", "receipts", "management-api"))
            for (var name : metrics(Stream.of(Files.readString(Path.of("docs/" + page + ".md")))))
                if (name.startsWith("ringcode_")) known.addAll(List.of(name, name + "_count", name + "_sum"));
        return known;
    }

    private static Set<String> metrics(Stream<String> texts) {
        var names = new TreeSet<String>();
        texts.forEach(text -> names.addAll(
                METRIC.matcher(text).results().map(MatchResult::group).toList()));
        return names;
    }

    private static JsonNode yaml(Path file) throws IOException {
        return YAMLMapper.builder().build().readTree(Files.readString(file));
    }

    private static Stream<JsonNode> alerts() throws IOException {
        return yaml(ALERTS)
                .at("/groups")
                .valueStream()
                .flatMap(group -> group.at("/rules").valueStream());
    }

    private static Stream<JsonNode> panels() throws IOException {
        return JsonMapper.builder()
                .build()
                .readTree(Files.readString(DASHBOARD))
                .at("/panels")
                .valueStream();
    }
}
