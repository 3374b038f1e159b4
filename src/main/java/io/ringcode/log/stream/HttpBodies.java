package io.ringcode.log.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringcode.log.stream.Sink.ContentFormat;
import io.ringcode.log.stream.Sink.Header;
import io.ringcode.network.StandardWebhook;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** How records are written for each kind of system that takes them by HTTP. */
final class HttpBodies {
    private static final String JSON = "application/json";

    private final ObjectMapper json;

    HttpBodies(ObjectMapper json) {
        this.json = json;
    }

    record Request(URI address, Map<String, String> headers, String body) {}

    /** @param records as {@code {log_id, data}} */
    Request webhook(Sink.Http sink, List<JsonNode> records, Instant now) {
        var body = switch (sink.format()) {
            case JSONLINES -> lines(records);
            case JSONARRAY -> json.writeValueAsString(records);
            case JSONOBJECT -> json.writeValueAsString(records.getFirst());
        };
        var headers = headers(sink.headers());
        headers.put("Content-Type", sink.contentType());
        if (sink.authorization() != null) headers.put("Authorization", sink.authorization());
        // The same for the same records, so that who was sent them twice can tell.
        var id = records.getFirst().path("log_id").asString() + "-" + records.size();
        headers.putAll(StandardWebhook.headers(sink.signingSecret(), id, now, body));
        return new Request(URI.create(sink.endpoint()), headers, body);
    }

    static int most(Sink.Http sink) {
        return sink.format() == ContentFormat.JSONOBJECT ? 1 : StreamSender.MOST;
    }

    /** HTTP Event Collector, "Format events for HTTP Event Collector". */
    Request splunk(Sink.Splunk sink, List<JsonNode> records) {
        var body = records.stream()
                .map(record -> {
                    var event = json.createObjectNode();
                    event.put("time", time(record).toEpochMilli() / 1000.0);
                    event.set("event", record);
                    return json.writeValueAsString(event);
                })
                .collect(Collectors.joining("\n"));
        var address = (sink.secure() ? "https://" : "http://") + sink.domain() + ":" + sink.port()
                + "/services/collector/event";
        return new Request(
                URI.create(address), Map.of("Authorization", "Splunk " + sink.token(), "Content-Type", JSON), body);
    }

    /** "Send logs", with the source that Datadog's pipeline for Auth0 looks for. */
    Request datadog(Sink.Datadog sink, List<JsonNode> records) {
        var body = records.stream()
                .map(record -> {
                    var entry = ((ObjectNode) record).deepCopy();
                    entry.put("ddsource", "auth0");
                    entry.put("service", "ringcode");
                    return (JsonNode) entry;
                })
                .toList();
        return new Request(
                URI.create(sink.region().intake()),
                Map.of("DD-API-KEY", sink.apiKey(), "Content-Type", JSON),
                json.writeValueAsString(body));
    }

    Request sumo(Sink.Sumo sink, List<JsonNode> records) {
        return new Request(URI.create(sink.address()), Map.of("Content-Type", JSON), lines(records));
    }

    /** ExportLogsServiceRequest in OTLP's JSON encoding: 64-bit numbers are texts, names are in camel case. */
    Request otlp(Sink.Otlp sink, String tenant, List<JsonNode> records) {
        var resource =
                Map.of("attributes", List.of(attribute("service.name", "ringcode"), attribute("tenant", tenant)));
        var logs = records.stream().map(HttpBodies::otlpRecord).toList();
        var scope = Map.of("scope", Map.of("name", "io.ringcode.log"), "logRecords", logs);
        var body = Map.of("resourceLogs", List.of(Map.of("resource", resource, "scopeLogs", List.of(scope))));
        var headers = headers(sink.headers());
        headers.put("Content-Type", JSON);
        return new Request(URI.create(sink.endpoint()), headers, json.writeValueAsString(body));
    }

    private static Map<String, Object> otlpRecord(JsonNode record) {
        var data = record.path("data");
        var failure = Severity.of(data.path("type").asString("")) == Severity.WARNING;
        var one = new LinkedHashMap<String, Object>();
        var time = time(record);
        one.put("timeUnixNano", time.getEpochSecond() + "%09d".formatted(time.getNano()));
        one.put("severityNumber", failure ? 13 : 9);
        one.put("severityText", failure ? "WARN" : "INFO");
        one.put("body", Map.of("stringValue", data.path("description").asString("")));
        one.put(
                "attributes",
                data.properties().stream()
                        .filter(member -> !member.getValue().isNull())
                        .map(member -> attribute(
                                member.getKey(),
                                member.getValue().isString()
                                        ? member.getValue().asString()
                                        : member.getValue().toString()))
                        .toList());
        return one;
    }

    private static Map<String, Object> attribute(String key, String value) {
        return Map.of("key", key, "value", Map.of("stringValue", value));
    }

    private static Instant time(JsonNode record) {
        return Instant.parse(record.path("data").path("date").asString());
    }

    private static Map<String, String> headers(List<Header> own) {
        var headers = new LinkedHashMap<String, String>();
        own.forEach(one -> headers.put(one.header(), one.value()));
        return headers;
    }

    private String lines(List<JsonNode> records) {
        return records.stream().map(json::writeValueAsString).collect(Collectors.joining("\n", "", "\n"));
    }

    /** A frame of RFC 5425: the length in bytes, and a message of RFC 5424 whose text is the record. */
    byte[] syslog(String host, JsonNode record) {
        var data = record.path("data");
        // Security and authorization messages: facility 10.
        var priority = 10 * 8 + Severity.of(data.path("type").asString("")).syslog();
        var id = data.path("type").asString("-").replaceAll("[^!-~]", "");
        var message = ("<" + priority + ">1 " + time(record) + " " + host + " ringcode - "
                        + (id.isEmpty() ? "-" : id.substring(0, Math.min(id.length(), 32))) + " - "
                        + json.writeValueAsString(record))
                .getBytes(UTF_8);
        var length = (message.length + " ").getBytes(UTF_8);
        var frame = java.util.Arrays.copyOf(length, length.length + message.length);
        System.arraycopy(message, 0, frame, length.length, message.length);
        return frame;
    }

    private enum Severity {
        INFORMATIONAL(6),
        WARNING(4);

        private final int syslog;

        Severity(int syslog) {
            this.syslog = syslog;
        }

        int syslog() {
            return syslog;
        }

        /** By Auth0's codes: what failed begins with f, or says so. */
        static Severity of(String type) {
            var failed = (type.startsWith("f") && type.length() < 8)
                    || type.contains("fail")
                    || type.startsWith("limit_")
                    || type.endsWith("_exceed")
                    || type.equals("w");
            return failed ? WARNING : INFORMATIONAL;
        }
    }
}
