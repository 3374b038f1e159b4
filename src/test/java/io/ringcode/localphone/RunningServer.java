package io.ringcode.localphone;

import io.ringcode.TestDatabase;
import io.ringcode.delivery.builtin.Inbox;
import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.server.RingcodeServer;
import io.ringcode.server.settings.Settings;
import io.ringcode.tenant.TenantId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A whole server on a database of its own, and a client beside it. */
record RunningServer(RingcodeServer server, HttpClient http) implements AutoCloseable {
    static RunningServer start(Path data, String... flags) {
        var database = TestDatabase.freshDatabase();
        var settings = Settings.read(
                flags,
                Map.of(
                        "RINGCODE_PORT", "0",
                        "RINGCODE_DATA_DIR", data.toString(),
                        "RINGCODE_MASTER_KEY", Base64.getEncoder().encodeToString(new byte[32]),
                        "RINGCODE_DATABASE_URL", database.url(),
                        "RINGCODE_DATABASE_USERNAME", database.user(),
                        "RINGCODE_DATABASE_PASSWORD", database.password()));
        return new RunningServer(RingcodeServer.start(settings), HttpClient.newHttpClient());
    }

    void put(PhoneNumber to, Channel channel, String text, Instant at) {
        server.context().getBean(Inbox.class).put(TenantId.DEFAULT, to, channel, text, at);
    }

    void emptyTheInbox() {
        server.context().getBean(JdbcClient.class).sql("DELETE FROM inbox").update();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), BodyHandlers.ofString());
    }

    /** @param form already encoded */
    HttpResponse<String> post(String path, String form, String... headers) throws IOException, InterruptedException {
        var request = request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        for (int i = 0; i < headers.length; i += 2) request.header(headers[i], headers[i + 1]);
        return http.send(request.build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        server.close();
        http.shutdownNow();
    }
}
