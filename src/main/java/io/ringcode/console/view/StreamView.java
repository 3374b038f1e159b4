package io.ringcode.console.view;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the pages of log streams show. */
public interface StreamView {
    /** How a field of a sink is typed. */
    enum Kind {
        TEXT,
        SECRET,
        CHOICE,
        TICK,
        /** One on each line, as {@code Name: value}. */
        HEADERS
    }

    /**
     * A field of a sink.
     *
     * @param name the API's
     * @param hint what it must look like; the choices of a choice, with commas between
     * @param usual what stands in it at first
     */
    record SinkField(String name, String label, Kind kind, boolean needed, String hint, String usual) {
        public List<String> choices() {
            return List.of(hint.split(", ", -1));
        }
    }

    /** Types by the API's names, each with what its form asks for. */
    Map<String, Type> TYPES = types();

    record Type(String title, String what, List<SinkField> fields) {}

    private static Map<String, Type> types() {
        var types = new LinkedHashMap<String, Type>();
        types.put(
                "http",
                new Type(
                        "Webhook",
                        "Any https address; each request is signed",
                        List.of(
                                text(
                                        "httpEndpoint",
                                        "Payload URL",
                                        true,
                                        "Such as https://logs.example.com/ringcode",
                                        ""),
                                secret(
                                        "httpAuthorization",
                                        "Authorization header",
                                        false,
                                        "Such as Bearer followed by a token"),
                                text("httpContentType", "Content type", false, "", "application/json"),
                                choice("httpContentFormat", "Content format", "JSONLINES, JSONARRAY, JSONOBJECT"),
                                new SinkField(
                                        "httpCustomHeaders",
                                        "Custom headers",
                                        Kind.HEADERS,
                                        false,
                                        "One per line, such as X-Source: ringcode",
                                        ""))));
        types.put(
                "splunk",
                new Type(
                        "Splunk",
                        "HTTP Event Collector",
                        List.of(
                                text("splunkDomain", "Domain", true, "Such as inputs.example.splunkcloud.com", ""),
                                text("splunkPort", "Port", true, "", "8088"),
                                secret("splunkToken", "Event collector token", true, ""),
                                tick("splunkSecure", "Use TLS"))));
        types.put(
                "datadog",
                new Type(
                        "Datadog",
                        "Log intake",
                        List.of(
                                secret("datadogApiKey", "API key", true, ""),
                                choice("datadogRegion", "Region", "us, eu, us3, us5"))));
        types.put(
                "sumo",
                new Type(
                        "Sumo Logic",
                        "HTTP source",
                        List.of(secret(
                                "sumoSourceAddress",
                                "HTTP source address",
                                true,
                                "Secret: anyone who knows it can write"))));
        types.put(
                "otlp",
                new Type(
                        "OpenTelemetry",
                        "OTLP over HTTP, as JSON",
                        List.of(
                                text(
                                        "otlpEndpoint",
                                        "Endpoint",
                                        true,
                                        "Such as https://collector.example.com/v1/logs",
                                        ""),
                                new SinkField(
                                        "otlpHeaders",
                                        "Headers",
                                        Kind.HEADERS,
                                        false,
                                        "One per line, such as api-key: …",
                                        ""))));
        types.put(
                "syslog",
                new Type(
                        "Syslog",
                        "RFC 5424 over TLS, or over plain TCP in your own network",
                        List.of(
                                text("syslogHost", "Host", true, "Such as syslog.example.com", ""),
                                text("syslogPort", "Port", true, "", "6514"),
                                tick("syslogSecure", "Use TLS"))));
        return types;
    }

    private static SinkField text(String name, String label, boolean needed, String hint, String usual) {
        return new SinkField(name, label, Kind.TEXT, needed, hint, usual);
    }

    private static SinkField secret(String name, String label, boolean needed, String hint) {
        return new SinkField(name, label, Kind.SECRET, needed, hint, "");
    }

    private static SinkField choice(String name, String label, String choices) {
        return new SinkField(name, label, Kind.CHOICE, true, choices, "");
    }

    private static SinkField tick(String name, String label) {
        return new SinkField(name, label, Kind.TICK, false, "", "true");
    }

    record Streams(PageFrame shell, List<Listed> streams) implements View {}

    /** @param health missing where it may not be read */
    record Listed(JsonNode stream, JsonNode health) {
        public String title() {
            var type = TYPES.get(stream.path("type").asString(""));
            return type == null ? stream.path("type").asString("") : type.title();
        }

        /** The state for people: a stream that is on and cannot deliver is failing. */
        public String state() {
            var status = health.path("status").asString(stream.path("status").asString(""));
            return status.equals("active") && health.has("failing_since") ? "failing" : status;
        }
    }

    /**
     * @param id null for one that is not made yet
     * @param listed null for one that is not made yet
     * @param categories of events, by the API's names
     * @param signing the secret of a webhook; empty for none
     */
    record Stream(
            PageFrame shell,
            @Nullable String id,
            @Nullable Listed listed,
            String type,
            Type fields,
            Form form,
            List<String> categories,
            String signing)
            implements View {}
}
