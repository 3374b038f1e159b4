package io.ringcode.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The product and better-auth with its phone-number plug-in, in Node.js on the same PostgreSQL and machine, by turns. */
final class Peer {
    private static final Duration WINDOW = Times.window(20);

    private Peer() {}

    static void run(Path home, Path folder) throws Exception {
        var program = installed(home);
        try (var bed = Testbed.open(home, folder)) {
            var tenant = bed.seeded(Tenant::usual, Tenant.PEOPLE);
            try (var server = bed.start("server", Map.of());
                    var peer = started(bed, program, folder)) {
                var ours = bed.signIns("ceremonies", tenant, Set.of(), server);
                var people = new AtomicInteger();
                var processes = List.of(peer.handle());
                var theirs = new Subject(
                        "better-auth",
                        () -> new SignInsThere(people, bed.carrier(), peer.port()),
                        () -> bed.cpu(processes),
                        () -> Batches.NONE);
                bed.closed(ours, ClosedLoop.USERS, Times.WARM_UP, Times.RAMP);
                bed.closed(theirs, ClosedLoop.USERS, Times.WARM_UP, Times.RAMP);
                var own = new ArrayList<Measured>();
                var other = new ArrayList<Measured>();
                for (int round = 1; round <= Times.ROUNDS; round++) {
                    own.add(bed.closed(ours, ClosedLoop.USERS, Times.RAMP, WINDOW));
                    other.add(bed.closed(theirs, ClosedLoop.USERS, Times.RAMP, WINDOW));
                }
                Report.rows(List.of(
                        new Report.Row("Ringcode, " + ClosedLoop.USERS + " users", own, List.of()),
                        new Report.Row("better-auth, " + ClosedLoop.USERS + " users", other, List.of())));
            }
        }
    }

    /** Below {@code target/}, from the registry that npm is set up for; once for each {@code package-lock.json}. */
    private static Path installed(Path home) throws IOException, InterruptedException {
        var source = home.resolve("bench/peer");
        var folder = Files.createDirectories(home.resolve("target/peer"));
        for (var name : List.of("package.json", "package-lock.json", "server.mjs"))
            Files.copy(source.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        var stamp = folder.resolve("installed");
        var lock = Files.readString(folder.resolve("package-lock.json"));
        if (Files.exists(stamp) && Files.readString(stamp).equals(lock)) return folder;
        Report.progress("installs better-auth");
        var npm = new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("npm.log").toFile())
                .start();
        if (npm.waitFor() != 0) throw new IllegalStateException("npm ci failed, see " + folder.resolve("npm.log"));
        Files.writeString(stamp, lock);
        return folder;
    }

    private static ServerProcess started(Testbed bed, Path program, Path folder) throws Exception {
        try (var connection = bed.connection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE peer");
        }
        var port = ServerProcess.freePort();
        var node = new ProcessBuilder("node", program.resolve("server.mjs").toString());
        node.environment()
                .putAll(Map.of(
                        "NODE_ENV",
                        "production",
                        "PEER_PORT",
                        "" + port,
                        "PEER_DATABASE_URL",
                        database(bed),
                        "PEER_CARRIER_URL",
                        bed.carrier().baseUrl(),
                        "PEER_PEOPLE",
                        "" + Tenant.PEOPLE,
                        "PEER_FIRST_NUMBER",
                        People.number(0).substring(1)));
        return ServerProcess.start(node, port, "/api/auth/ok", folder.resolve("peer.log"));
    }

    private static String database(Testbed bed) {
        var postgres = bed.postgres();
        var there = postgres.jdbcUrl().replace("jdbc:postgresql://", "");
        return "postgres://" + postgres.username() + ":" + postgres.password() + "@"
                + there.substring(0, there.indexOf('/')) + "/peer";
    }

    /** Asks for a code by the number alone, and types it. */
    private static final class SignInsThere implements User {
        private final AtomicInteger people;
        private final LeanCarrier carrier;
        private final Connection connection;

        SignInsThere(AtomicInteger people, LeanCarrier carrier, int port) throws IOException {
            this.people = people;
            this.carrier = carrier;
            this.connection = new Connection(port);
        }

        @Override
        public long[] ceremony() throws IOException {
            var number = People.number(Math.floorMod(people.getAndIncrement(), Tenant.PEOPLE));
            var start = System.nanoTime();
            post("send-otp", "{\"phoneNumber\":\"" + number + "\"}", "\"code sent\"");
            var sent = System.nanoTime();
            var code = carrier.take(number);
            post("verify", "{\"phoneNumber\":\"" + number + "\",\"code\":\"" + code + "\"}", "\"token\":\"");
            return new long[] {sent - start, System.nanoTime() - sent};
        }

        private void post(String path, String body, String expected) throws IOException {
            try {
                var answer = connection.post("/api/auth/phone-number/" + path, "application/json", body);
                if (answer.status() != 200 || !answer.body().contains(expected))
                    throw new IllegalStateException(path + ": " + answer.status() + " " + answer.body());
            } catch (IOException broken) {
                connection.renew();
                throw broken;
            }
        }

        @Override
        public void close() throws IOException {
            connection.close();
        }
    }
}
