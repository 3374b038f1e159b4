package io.ringcode.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Some PostgreSQL, of which Patroni lets one lead and the others follow. */
public final class PatroniCluster implements AutoCloseable {
    static final String PASSWORD = "the-password-of-the-cluster";

    /** Of the database that {@link #start} makes, and of its role. */
    public static final String NAME = "ringcode";

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Etcd etcd;
    private final List<PatroniMember> members = new ArrayList<>();

    /** When a commit is answered. */
    public enum Replication {
        /** Once it is on the primary's disk, as by default. */
        ASYNCHRONOUS,
        /** Once it is on a standby's disk too. */
        SYNCHRONOUS
    }

    private PatroniCluster(Etcd etcd) {
        this.etcd = etcd;
    }

    /** Comes back when all follow one; with a database and a role called {@link #NAME}. */
    public static PatroniCluster start(Path folder, int count) throws Exception {
        var cluster = new PatroniCluster(Etcd.start(folder));
        try {
            for (int i = 1; i <= count; i++) {
                cluster.members.add(PatroniMember.start("pg" + i, folder, cluster.etcd.port()));
                // The first one makes the cluster, and the others copy it.
                Daemon.await("a member", PATIENCE, cluster::isCalm);
            }
            cluster.execute("CREATE ROLE " + NAME + " LOGIN PASSWORD '" + PASSWORD + "'");
            cluster.execute("CREATE DATABASE " + NAME + " OWNER " + NAME);
            return cluster;
        } catch (Exception failure) {
            cluster.close();
            throw failure;
        }
    }

    /** Through the driver, which looks for the primary itself. */
    public String url() {
        var hosts = members.stream().map(member -> "127.0.0.1:" + member.port()).collect(Collectors.joining(","));
        return "jdbc:postgresql://" + hosts + "/" + NAME + "?targetServerType=primary";
    }

    public String password() {
        return PASSWORD;
    }

    List<PatroniMember> members() {
        return members;
    }

    /** As its superuser, who may leave out the checks of foreign keys. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), "postgres", PASSWORD);
    }

    private void execute(String sql) throws SQLException {
        var maintenance = url().replace("/" + NAME + "?", "/postgres?");
        try (var connection = DriverManager.getConnection(maintenance, "postgres", PASSWORD);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public PatroniMember leader() throws Exception {
        for (var one : state().path("members"))
            if (one.path("role").asString("").equals("leader"))
                return named(one.path("name").asString(""));
        throw new IllegalStateException("Nobody leads");
    }

    private PatroniMember named(String name) {
        return members.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Whether one leads and all others follow it. */
    private boolean isCalm() throws InterruptedException {
        try {
            var leaders = 0;
            var followers = 0;
            for (var one : state().path("members")) {
                var state = one.path("state").asString("");
                if (one.path("role").asString("").equals("leader") && state.equals("running")) leaders++;
                // Newer versions of Patroni say streaming.
                else if (List.of("running", "streaming").contains(state)
                        && one.path("lag").asString("unknown").equals("0")) followers++;
            }
            return leaders == 1 && followers == members.size() - 1;
        } catch (IOException nobody) {
            return false;
        }
    }

    public void awaitCalm() throws Exception {
        Daemon.await("a calm cluster", PATIENCE, this::isCalm);
    }

    /** By the first member whose Patroni answers. */
    private JsonNode state() throws IOException, InterruptedException {
        IOException last = new IOException("There are no members");
        for (var member : members) {
            try {
                return JSON.readTree(send(HttpRequest.newBuilder(uri(member, "/cluster"))));
            } catch (IOException away) {
                last = away;
            }
        }
        throw last;
    }

    private static URI uri(PatroniMember member, String path) {
        return URI.create("http://127.0.0.1:" + member.rest() + path);
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = http.send(request.timeout(Duration.ofSeconds(2)).build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) throw new IOException(answer.statusCode() + " " + answer.body());
        return answer.body();
    }

    public void replicate(Replication how) throws Exception {
        var mode = how == Replication.SYNCHRONOUS;
        var change = BodyPublishers.ofString("{\"synchronous_mode\": " + mode + "}");
        send(HttpRequest.newBuilder(uri(leader(), "/config")).method("PATCH", change));
        Daemon.await("replication that is " + how, PATIENCE, () -> isSynchronous() == mode);
    }

    private boolean isSynchronous() throws Exception {
        for (var one : state().path("members"))
            if (one.path("role").asString("").equals("sync_standby")) return true;
        return false;
    }

    /** As an operator moves the primary, by {@code patronictl switchover}. */
    public void switchOver() throws Exception {
        var words = List.of(
                ClusterPrograms.PATRONICTL.toString(), "-c", "" + leader().config(), "switchover", "--force", NAME);
        var ran = new ProcessBuilder(words).redirectErrorStream(true).start();
        var said = new String(ran.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (ran.waitFor() != 0 || !said.contains("Successfully")) throw new IllegalStateException(said);
    }

    @Override
    public void close() {
        for (var member : members) member.close();
        etcd.close();
        http.close();
    }
}
