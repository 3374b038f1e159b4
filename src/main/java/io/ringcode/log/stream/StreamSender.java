package io.ringcode.log.stream;

import io.ringcode.log.LogRecord;
import io.ringcode.network.GuardedHttp;
import io.ringcode.network.GuardedSockets;
import io.ringcode.secret.KeyedHash;
import io.ringcode.secret.Keyring;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Sends records to a stream's system, as one request. */
@Component
class StreamSender {
    /** Records in a request. */
    static final int MOST = 100;

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LARGEST_ANSWER = 64 * 1024;

    private final GuardedHttp http;
    private final GuardedSockets sockets;
    private final KeyedHash hashes;
    private final ObjectMapper json;
    private final HttpBodies bodies;
    private final Clock clock;

    StreamSender(GuardedHttp http, GuardedSockets sockets, Keyring keys, ObjectMapper json, Clock clock) {
        this.http = http;
        this.sockets = sockets;
        this.hashes = keys.hash("log-stream");
        this.json = json;
        this.bodies = new HttpBodies(json);
        this.clock = clock;
    }

    /** How many records go into one request. */
    int most(LogStream stream) {
        return stream.sink() instanceof Sink.Http webhook ? HttpBodies.most(webhook) : MOST;
    }

    void send(LogStream stream, List<LogRecord> records) throws StreamFailed {
        var written = records.stream().map(record -> written(stream, record)).toList();
        try {
            switch (stream.sink()) {
                case Sink.Http sink -> post(bodies.webhook(sink, written, clock.instant()));
                case Sink.Splunk sink -> post(bodies.splunk(sink, written));
                case Sink.Datadog sink -> post(bodies.datadog(sink, written));
                case Sink.Sumo sink -> post(bodies.sumo(sink, written));
                case Sink.Otlp sink -> post(bodies.otlp(sink, stream.tenant().value(), written));
                case Sink.Syslog sink -> send(sink, written);
            }
        } catch (IOException failure) {
            throw new StreamFailed(
                    failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage());
        }
    }

    private JsonNode written(LogStream stream, LogRecord record) {
        JsonNode data = json.valueToTree(record);
        if (stream.hidden() != null) data = stream.hidden().hide(data, text -> hash(stream, text));
        var one = json.createObjectNode();
        one.put("log_id", record.logId());
        one.set("data", data);
        return one;
    }

    private String hash(LogStream stream, String text) {
        return HexFormat.of().formatHex(hashes.index(stream.tenant().value(), text), 0, 8);
    }

    private void post(HttpBodies.Request request) throws IOException, StreamFailed {
        var answer = http.post(
                request.address(), request.headers(), request.body(), new GuardedHttp.Limits(PATIENCE, LARGEST_ANSWER));
        if (answer.status() / 100 != 2) throw new StreamFailed("Answered " + answer.status());
    }

    private void send(Sink.Syslog sink, List<JsonNode> records) throws IOException {
        var frames = new ByteArrayOutputStream();
        for (var record : records) frames.writeBytes(bodies.syslog("ringcode", record));
        sockets.send(
                new GuardedSockets.Address(sink.host(), sink.port(), sink.secure()), frames.toByteArray(), PATIENCE);
    }
}
