package io.ringcode.bench.fraud;

import io.ringcode.bench.fraud.Event.Flow;
import io.ringcode.bench.fraud.Event.Label;
import io.ringcode.bench.fraud.Event.Outcome;
import io.ringcode.bench.fraud.Run.Decided;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Replay files, as JSON Lines: {@code events}, {@code outcomes}, {@code labels} and {@code decisions}. */
final class ReplayFiles {
    private static final JsonMapper JSON = new JsonMapper();

    private ReplayFiles() {}

    static List<Event> read(Path folder) throws IOException {
        var outcomes = byId(folder.resolve("outcomes.jsonl"));
        var labels = Files.exists(folder.resolve("labels.jsonl"))
                ? byId(folder.resolve("labels.jsonl"))
                : Map.<String, JsonNode>of();
        var events = new ArrayList<Event>();
        for (var line : Files.readAllLines(folder.resolve("events.jsonl"))) {
            if (line.isBlank()) continue;
            var node = JSON.readTree(line);
            var id = node.get("id").asString();
            events.add(event(node, outcome(Objects.requireNonNull(outcomes.get(id), id)), label(labels.get(id))));
        }
        return events;
    }

    private static Map<String, JsonNode> byId(Path file) throws IOException {
        var nodes = new HashMap<String, JsonNode>();
        for (var line : Files.readAllLines(file))
            if (!line.isBlank()) {
                var node = JSON.readTree(line);
                nodes.put(node.get("id").asString(), node);
            }
        return nodes;
    }

    private static Event event(JsonNode node, Outcome outcome, @Nullable Label label) {
        var asn = node.get("asn");
        var price = node.get("price");
        var flow = text(node, "flow");
        return new Event(
                node.get("id").asString(),
                Instant.parse(node.get("at").asString()).toEpochMilli(),
                node.get("tenant").asString(),
                Objects.requireNonNullElse(text(node, "application"), ""),
                Arrays.stream(Flow.values())
                        .filter(one -> one.wire.equals(flow))
                        .findFirst()
                        .orElseThrow(),
                node.get("session").asString(),
                node.get("user").asString(),
                text(node, "user_created_at") == null
                        ? 0
                        : Instant.parse(node.get("user_created_at").asString()).toEpochMilli(),
                node.get("phone").asString(),
                "voice".equals(text(node, "channel")),
                Objects.requireNonNullElse(text(node, "ip"), ""),
                asn == null || asn.isNull() ? 0 : asn.asInt(),
                text(node, "asn_kind"),
                text(node, "ip_country"),
                text(node, "user_agent_family"),
                number(node, "form_ms"),
                number(node, "page_loads"),
                price == null || price.isNull() ? 0 : price.get("amount").asDouble(),
                outcome,
                label);
    }

    private static Outcome outcome(JsonNode node) {
        return new Outcome(
                millis(node, "delivered_after_ms"),
                Objects.requireNonNullElse(text(node, "receipt"), "none"),
                millis(node, "receipt_after_ms"),
                millis(node, "verified_after_ms"),
                Objects.requireNonNullElse(number(node, "wrong_tries"), 0),
                node.path("passes_challenge").asBoolean(false),
                Objects.requireNonNullElse(millis(node, "challenge_ms"), 0L));
    }

    private static @Nullable Label label(@Nullable JsonNode node) {
        return node == null
                ? null
                : new Label(
                        node.get("label").asString().equals("attack"),
                        node.get("scenario").asString());
    }

    private static @Nullable String text(JsonNode node, String name) {
        var member = node.get(name);
        return member == null || member.isNull() ? null : member.asString();
    }

    private static @Nullable Integer number(JsonNode node, String name) {
        var member = node.get(name);
        return member == null || member.isNull() ? null : member.asInt();
    }

    private static @Nullable Long millis(JsonNode node, String name) {
        var member = node.get(name);
        return member == null || member.isNull() ? null : member.asLong();
    }

    static void write(List<Event> events, Path folder) throws IOException {
        Files.createDirectories(folder);
        try (var lines = new Lines(folder.resolve("events.jsonl"))) {
            for (var event : events) lines.add(members(event));
        }
        try (var lines = new Lines(folder.resolve("outcomes.jsonl"))) {
            for (var event : events) lines.add(members(event.id(), event.outcome()));
        }
        try (var lines = new Lines(folder.resolve("labels.jsonl"))) {
            for (var event : events) {
                var label = Objects.requireNonNull(event.label());
                var members = new LinkedHashMap<String, @Nullable Object>();
                members.put("id", event.id());
                members.put("label", label.attack() ? "attack" : "honest");
                members.put("scenario", label.scenario());
                lines.add(members);
            }
        }
    }

    private static Map<String, @Nullable Object> members(Event event) {
        var members = new LinkedHashMap<String, @Nullable Object>();
        members.put("id", event.id());
        members.put("at", time(event.at()));
        members.put("tenant", event.tenant());
        members.put("application", event.application());
        members.put("flow", event.flow().wire);
        members.put("session", event.session());
        members.put("user", event.user());
        members.put("user_created_at", time(event.userCreatedAt()));
        members.put("phone", event.phone());
        members.put("channel", event.voice() ? "voice" : "sms");
        members.put("ip", event.ip());
        if (event.asn() != 0) members.put("asn", event.asn());
        if (event.asnKind() != null) members.put("asn_kind", event.asnKind());
        if (event.ipCountry() != null) members.put("ip_country", event.ipCountry());
        if (event.userAgent() != null) members.put("user_agent_family", event.userAgent());
        if (event.formMillis() != null) members.put("form_ms", event.formMillis());
        if (event.pageLoads() != null) members.put("page_loads", event.pageLoads());
        members.put("price", Map.of("amount", event.price(), "currency", "USD"));
        return members;
    }

    private static Map<String, @Nullable Object> members(String id, Outcome outcome) {
        var members = new LinkedHashMap<String, @Nullable Object>();
        members.put("id", id);
        members.put("delivered_after_ms", outcome.deliveredAfter());
        members.put("receipt", outcome.receipt());
        members.put("receipt_after_ms", outcome.receiptAfter());
        members.put("verified_after_ms", outcome.verifiedAfter());
        members.put("wrong_tries", outcome.wrongTries());
        members.put("passes_challenge", outcome.passesChallenge());
        members.put("challenge_ms", outcome.challengeMillis());
        return members;
    }

    static void decisions(List<Decided> decided, Path file) throws IOException {
        try (var lines = new Lines(file)) {
            for (var one : decided) {
                var members = new LinkedHashMap<String, @Nullable Object>();
                members.put("id", one.event().id());
                members.put("decision", one.kind().wire);
                members.put("reasons", one.decision().reasons());
                members.put(
                        "until",
                        one.decision().until() == 0 ? null : time(one.decision().until()));
                members.put("micros", one.micros());
                lines.add(members);
            }
        }
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    private static final class Lines implements AutoCloseable {
        private final BufferedWriter writer;

        Lines(Path file) throws IOException {
            this.writer = Files.newBufferedWriter(file);
        }

        void add(Map<String, @Nullable Object> members) throws IOException {
            writer.write(JSON.writeValueAsString(members));
            writer.newLine();
        }

        @Override
        public void close() throws IOException {
            writer.close();
        }
    }
}
