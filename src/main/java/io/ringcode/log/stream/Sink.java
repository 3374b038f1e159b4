package io.ringcode.log.stream;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a log stream leads to, with its secrets. Stored as JSON, sealed. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "sink_type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Sink.Http.class, name = "http"),
    @JsonSubTypes.Type(value = Sink.Splunk.class, name = "splunk"),
    @JsonSubTypes.Type(value = Sink.Datadog.class, name = "datadog"),
    @JsonSubTypes.Type(value = Sink.Sumo.class, name = "sumo"),
    @JsonSubTypes.Type(value = Sink.Otlp.class, name = "otlp"),
    @JsonSubTypes.Type(value = Sink.Syslog.class, name = "syslog")
})
public sealed interface Sink {
    default String type() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    record Header(String header, String value) {}

    /**
     * A webhook.
     *
     * @param authorization the header of that name; null for none
     * @param signingSecret of the Standard Webhooks specification: {@code whsec_} and base64
     */
    record Http(
            String endpoint,
            @Nullable String authorization,
            String contentType,
            ContentFormat format,
            List<Header> headers,
            String signingSecret)
            implements Sink {
        @Override
        public String toString() {
            return "Http[secret]";
        }
    }

    enum ContentFormat {
        /** A record in each line. */
        JSONLINES,
        JSONARRAY,
        /** One record a request. */
        JSONOBJECT
    }

    /** Splunk's HTTP Event Collector. */
    record Splunk(String domain, int port, String token, boolean secure) implements Sink {
        @Override
        public String toString() {
            return "Splunk[secret]";
        }
    }

    /** Datadog's log intake. */
    record Datadog(String apiKey, Region region) implements Sink {
        @Override
        public String toString() {
            return "Datadog[secret]";
        }
    }

    /** Datadog's sites, as Auth0 names them. */
    enum Region {
        US("datadoghq.com"),
        EU("datadoghq.eu"),
        US3("us3.datadoghq.com"),
        US5("us5.datadoghq.com");

        private final String site;

        Region(String site) {
            this.site = site;
        }

        String intake() {
            return "https://http-intake.logs." + site + "/api/v2/logs";
        }
    }

    /** An HTTP source of Sumo Logic, whose address is its secret. */
    record Sumo(String address) implements Sink {
        @Override
        public String toString() {
            return "Sumo[secret]";
        }
    }

    /** OpenTelemetry's protocol for logs over HTTP, as JSON (OTLP 1.x). */
    record Otlp(String endpoint, List<Header> headers) implements Sink {
        @Override
        public String toString() {
            return "Otlp[secret]";
        }
    }

    /** Syslog (RFC 5424) over TLS (RFC 5425), or over plain TCP within an own network (RFC 6587). */
    record Syslog(String host, int port, boolean secure) implements Sink {}
}
