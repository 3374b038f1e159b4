package io.ringcode.management.log;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import io.ringcode.json.JsonAnswer;
import io.ringcode.json.Rule.MembersOf;
import io.ringcode.log.stream.Sink;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a log stream leads to, with its secrets, as Auth0 shows them. */
public record ShownSink(
        @JsonAnyGetter @MembersOf(SinkBody.class) Map<String, Object> members) implements JsonAnswer {
    static ShownSink of(Sink sink) {
        var members = new LinkedHashMap<String, Object>();
        switch (sink) {
            case Sink.Http http -> {
                members.put("httpEndpoint", http.endpoint());
                put(members, "httpAuthorization", http.authorization());
                members.put("httpContentType", http.contentType());
                members.put("httpContentFormat", http.format().name());
                put(members, "httpCustomHeaders", headers(http.headers()));
                members.put("httpSigningSecret", http.signingSecret());
            }
            case Sink.Splunk splunk -> {
                members.put("splunkDomain", splunk.domain());
                members.put("splunkPort", Integer.toString(splunk.port()));
                members.put("splunkToken", splunk.token());
                members.put("splunkSecure", splunk.secure());
            }
            case Sink.Datadog datadog -> {
                members.put("datadogApiKey", datadog.apiKey());
                members.put("datadogRegion", datadog.region().name().toLowerCase(Locale.ROOT));
            }
            case Sink.Sumo sumo -> members.put("sumoSourceAddress", sumo.address());
            case Sink.Otlp otlp -> {
                members.put("otlpEndpoint", otlp.endpoint());
                put(members, "otlpHeaders", headers(otlp.headers()));
            }
            case Sink.Syslog syslog -> {
                members.put("syslogHost", syslog.host());
                members.put("syslogPort", Integer.toString(syslog.port()));
                members.put("syslogSecure", syslog.secure());
            }
        }
        return new ShownSink(members);
    }

    private static void put(Map<String, Object> members, String name, @Nullable Object value) {
        if (value != null) members.put(name, value);
    }

    private static @Nullable List<Map<String, String>> headers(List<Sink.Header> headers) {
        if (headers.isEmpty()) return null;
        return headers.stream()
                .map(one -> Map.of("header", one.header(), "value", one.value()))
                .toList();
    }
}
