package io.ringcode.bench;

import io.ringcode.client.Connections;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A hundred thousand users with a bcrypt hash and a phone each, one in ten with an app and a recovery code besides: put in
 * once, put in again with {@code upsert}, and taken out.
 *
 * @param upload seconds until the file is taken
 * @param done seconds from there until the job has ended
 * @param resident kB of the server when it has
 */
record Imports(double upload, double done, double again, double export, long megabytes, long resident) {
    static final int USERS = 100_000;
    private static final String HASH = "$2b$10$mPGJzhmBWUVF5XMPnUTpEeEI8sGUUZ2dyeSvkqKDbnXaHZYeqhV2m";

    static Imports measure(Path home, Path folder) throws Exception {
        var file = folder.resolve("users.json");
        write(file);
        var environment = Map.of(
                "RINGCODE_ADMIN_CLIENT_ID", "bench-admin",
                "RINGCODE_ADMIN_CLIENT_SECRET", "the-secret-of-the-bench-and-nobody-else");
        try (var server = ServerProcess.start(home, folder.resolve("import"), environment);
                var admin = new Administrator(server.port())) {
            var connection = admin.get("/connections?name=" + Connections.DEFAULT)
                    .get(0)
                    .path("id")
                    .asString();
            Report.progress("imports " + USERS + " users");
            var begin = System.nanoTime();
            var job = admin.upload(file, connection, false);
            var taken = System.nanoTime();
            admin.await(job, USERS, "inserted");
            var end = System.nanoTime();
            Report.progress("imports them again");
            admin.await(admin.upload(file, connection, true), USERS, "updated");
            var updated = System.nanoTime();
            Report.progress("exports them");
            admin.awaitEnd(admin.post("/jobs/users-exports", "{\"format\":\"json\"}"));
            var exported = System.nanoTime();
            return new Imports(
                    seconds(begin, taken),
                    seconds(taken, end),
                    seconds(end, updated),
                    seconds(updated, exported),
                    Files.size(file) / 1_000_000,
                    Machine.resident(server.handle()));
        }
    }

    private static double seconds(long from, long to) {
        return (to - from) / 1e9;
    }

    private static void write(Path file) throws IOException {
        try (var out = Files.newBufferedWriter(file)) {
            out.write('[');
            for (int i = 0; i < USERS; i++) {
                if (i > 0) out.write(",\n");
                var more = i % 10 == 0
                        ? ",{\"totp\":{\"secret\":\"JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP\"}},"
                                + "{\"recovery_code\":{\"value\":\"ABCDEFGHJKLMNPQRSTUVWXYZ\"}}"
                        : "";
                out.write(String.format(
                        Locale.ROOT,
                        "{\"user_id\":\"%06d\",\"email\":\"user-%d@example.com\",\"email_verified\":true,"
                                + "\"given_name\":\"Given\",\"family_name\":\"Family %d\",\"password_hash\":\"%s\","
                                + "\"app_metadata\":{\"plan\":\"gold\"},"
                                + "\"mfa_factors\":[{\"phone\":{\"value\":\"+1415%d\"}}%s]}",
                        i,
                        i,
                        i,
                        HASH,
                        2_000_000 + i,
                        more));
            }
            out.write(']');
        }
    }

    /** The management client that the server was started with. */
    private static final class Administrator implements AutoCloseable {
        private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

        private final HttpClient http = HttpClient.newHttpClient();
        private final String origin;
        private final String token;

        Administrator(int port) throws Exception {
            this.origin = "http://localhost:" + port;
            var form = "grant_type=client_credentials&client_id=bench-admin&client_secret="
                    + "the-secret-of-the-bench-and-nobody-else&audience=" + origin + "/api/v2/";
            this.token = send(HttpRequest.newBuilder(URI.create(origin + "/oauth/token"))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString(form)))
                    .path("access_token")
                    .asString();
        }

        JsonNode get(String path) throws Exception {
            return send(request(path).GET());
        }

        String post(String path, String body) throws Exception {
            return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)))
                    .path("id")
                    .asString();
        }

        String upload(Path file, String connection, boolean upsert) throws Exception {
            var part = "--line\r\nContent-Disposition: form-data; name=\"";
            var before = part + "connection_id\"\r\n\r\n" + connection + "\r\n" + part + "upsert\"\r\n\r\n" + upsert
                    + "\r\n" + part + "users\"; filename=\"users.json\"\r\n\r\n";
            return send(request("/jobs/users-imports")
                            .header("Content-Type", "multipart/form-data; boundary=line")
                            .POST(BodyPublishers.concat(
                                    BodyPublishers.ofString(before),
                                    BodyPublishers.ofFile(file),
                                    BodyPublishers.ofString("\r\n--line--\r\n"))))
                    .path("id")
                    .asString();
        }

        void await(String job, int expected, String counted) throws Exception {
            var summary = awaitEnd(job).path("summary");
            if (summary.path(counted).asInt() != expected) throw new IllegalStateException("Not all: " + summary);
        }

        JsonNode awaitEnd(String job) throws Exception {
            while (true) {
                var seen = get("/jobs/" + job);
                if (seen.path("status").asString().equals("completed")) return seen;
                if (seen.path("status").asString().equals("failed")) throw new IllegalStateException("The job failed");
                Thread.sleep(LOOK_AGAIN);
            }
        }

        private HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(URI.create(origin + "/api/v2" + path))
                    .header("Authorization", "Bearer " + token);
        }

        private JsonNode send(HttpRequest.Builder request) throws Exception {
            var answer = http.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() >= 300) throw new IllegalStateException(answer.statusCode() + answer.body());
            return JsonMapper.shared().readTree(answer.body());
        }

        @Override
        public void close() {
            http.close();
        }
    }
}
