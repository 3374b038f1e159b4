package io.ringcode.server.settings;

import static java.util.Objects.requireNonNullElse;

import io.ringcode.server.settings.Settings.AdminClient;
import io.ringcode.server.settings.Settings.Database;
import io.ringcode.server.settings.Settings.Hooks;
import io.ringcode.server.settings.Settings.LogFormat;
import io.ringcode.server.settings.Settings.MasterKeySetting;
import io.ringcode.server.settings.Settings.Tls;
import io.ringcode.server.settings.Settings.Traces;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads every variable, notes what is wrong with each, and gives settings only if nothing is. */
final class SettingsReader {
    private static final int LEAST_SIGNING_KEY_DAYS = 4;
    private static final int LONGEST_STOP_DELAY = 300;

    /** In Java's arguments and environment, what stands for a letter that the locale's encoding does not have. */
    private static final char NO_LETTER = '\uFFFD';

    private final Flags flags;
    private final Map<String, String> env;
    private final List<String> problems;

    SettingsReader(Flags flags, Map<String, String> env) {
        this.flags = flags;
        this.env = ServiceLinks.without(env);
        this.problems = new ArrayList<>(flags.problems());
    }

    Settings read() {
        problems.addAll(VariableNames.unknown(env.keySet()));
        var demo = yes("RINGCODE_DEMO");
        var dev = demo || yes("RINGCODE_DEV");
        var publicUrl = publicUrl(dev);
        var settings = new Settings(
                address(dev, publicUrl),
                port("RINGCODE_PORT", 8080),
                path("RINGCODE_DATA_DIR", Path.of("ringcode-data"))
                        .toAbsolutePath()
                        .normalize(),
                database(),
                publicUrl,
                dev,
                devPhone(dev),
                demo,
                tls(),
                masterKey(),
                adminClient(),
                carrierBaseUrls(),
                trustedProxies(),
                ipDatabases(),
                reachable(),
                logFormat(),
                hooks(),
                signingKeyPeriod(),
                stopDelay(),
                traces());
        if (settings.tls() != null && settings.tls().port() == settings.port() && settings.port() != 0)
            problem("RINGCODE_TLS_PORT", "http and https need different ports, both are " + settings.port());
        if (!problems.isEmpty()) throw new SettingsRefused(problems);
        return settings;
    }

    /** Off this machine only where the operator said which name it has there, or asked for an address by name. */
    private @Nullable String address(boolean dev, @Nullable URI publicUrl) {
        var address = value("RINGCODE_ADDRESS");
        if (address == null) return dev || publicUrl == null ? Network.LOOPBACK : null;
        if (!Network.isAddress(address)) {
            problem("RINGCODE_ADDRESS", "must be an IP address of this machine, such as 0.0.0.0 for all of them");
        } else if (!dev && publicUrl == null && value("RINGCODE_PUBLIC_URL") == null && !Network.isLoopback(address)) {
            problem(
                    "RINGCODE_PUBLIC_URL",
                    "must be set where others can reach the server (RINGCODE_ADDRESS is not loopback), such as"
                            + " https://codes.example.com");
        }
        return address;
    }

    private @Nullable URI publicUrl(boolean dev) {
        var url = url("RINGCODE_PUBLIC_URL");
        if (url == null) return null;
        if (!url.getScheme().equals("https") && !dev && !Network.isLoopback(url.getHost()))
            problem("RINGCODE_PUBLIC_URL", "must be https, except in development mode or on localhost");
        return url;
    }

    private boolean devPhone(boolean dev) {
        if (value("RINGCODE_DEV_PHONE") == null) return dev;
        var phone = yes("RINGCODE_DEV_PHONE");
        if (phone && !dev)
            problem("RINGCODE_DEV_PHONE", "the local phone shows codes to anyone; only in development mode");
        return phone;
    }

    private @Nullable Database database() {
        var url = value("RINGCODE_DATABASE_URL");
        var username = value("RINGCODE_DATABASE_USERNAME");
        var password = value("RINGCODE_DATABASE_PASSWORD");
        var passwordFile = file("RINGCODE_DATABASE_PASSWORD_FILE");
        var passwordCommand = value("RINGCODE_DATABASE_PASSWORD_COMMAND");
        var passwords = Stream.of(password, passwordFile, passwordCommand)
                .filter(Objects::nonNull)
                .count();
        if (passwords > 1)
            problem("RINGCODE_DATABASE_PASSWORD", "set one of it, its _FILE and its _COMMAND, and not several");
        if (url != null && !url.startsWith("jdbc:postgresql:")) {
            problem("RINGCODE_DATABASE_URL", "must look like jdbc:postgresql://host:5432/database");
        } else if (url == null && (username != null || passwords > 0)) {
            problem("RINGCODE_DATABASE_URL", "must be set too, where RINGCODE_DATABASE_USERNAME or _PASSWORD is");
        }
        return url == null ? null : new Database(url, username, password, passwordFile, passwordCommand);
    }

    private MasterKeySetting masterKey() {
        var text = value("RINGCODE_MASTER_KEY");
        var file = file("RINGCODE_MASTER_KEY_FILE");
        var command = value("RINGCODE_MASTER_KEY_COMMAND");
        if (Stream.of(text, file, command).filter(Objects::nonNull).count() > 1)
            problem("RINGCODE_MASTER_KEY", "set one of it, its _FILE and its _COMMAND, and not several");
        return new MasterKeySetting(text, file, command);
    }

    private @Nullable Tls tls() {
        var certificate = file("RINGCODE_TLS_CERTIFICATE");
        var key = file("RINGCODE_TLS_KEY");
        if ((certificate == null) != (key == null))
            problem("RINGCODE_TLS_CERTIFICATE", "and RINGCODE_TLS_KEY go together: set both or neither");
        var port = port("RINGCODE_TLS_PORT", 8443);
        if (yes("RINGCODE_TLS")) return new Tls(port, certificate, key);
        for (var name : List.of("RINGCODE_TLS_PORT", "RINGCODE_TLS_CERTIFICATE", "RINGCODE_TLS_KEY"))
            if (value(name) != null) problem(name, "has no effect without --tls or RINGCODE_TLS=true");
        return null;
    }

    private @Nullable AdminClient adminClient() {
        var id = value("RINGCODE_ADMIN_CLIENT_ID");
        var secret = value("RINGCODE_ADMIN_CLIENT_SECRET");
        if (id == null && secret == null) return null;
        if (id == null || secret == null) {
            problem("RINGCODE_ADMIN_CLIENT_ID", "and RINGCODE_ADMIN_CLIENT_SECRET go together: set both or neither");
            return null;
        }
        if (secret.length() < 32) problem("RINGCODE_ADMIN_CLIENT_SECRET", "must have at least 32 characters");
        return new AdminClient(id, secret);
    }

    private Map<String, URI> carrierBaseUrls() {
        var urls = new HashMap<String, URI>();
        for (var name : env.keySet()) {
            var carrier = VariableNames.CARRIER_ADDRESS.matcher(name);
            var url = carrier.matches() ? url(name) : null;
            if (url != null) urls.put(carrier.group(1).toLowerCase(Locale.ROOT).replace('_', '-'), url);
        }
        return Map.copyOf(urls);
    }

    private List<String> trustedProxies() {
        var proxies = list("RINGCODE_TRUSTED_PROXIES");
        if (!proxies.stream().allMatch(Network::isNetwork))
            problem(
                    "RINGCODE_TRUSTED_PROXIES",
                    "must be IP addresses or networks, divided by commas, such as 10.0.0.0/8,192.0.2.7");
        return proxies;
    }

    private List<Path> ipDatabases() {
        var files = new ArrayList<Path>();
        for (var name : list("RINGCODE_IP_DATABASES")) {
            var file = Path.of(name).toAbsolutePath();
            if (Files.isReadable(file)) files.add(file);
            else problem("RINGCODE_IP_DATABASES", "must be files that the server can read: " + file);
        }
        return List.copyOf(files);
    }

    private Hooks hooks() {
        var node = file("RINGCODE_NODE");
        if (node != null && !Files.isExecutable(node)) problem("RINGCODE_NODE", "must be a program: " + node);
        return new Hooks(node, url("RINGCODE_NPM_REGISTRY"));
    }

    /** The second name is the older one, from when hooks alone were checked. */
    private List<Destination> reachable() {
        return Stream.of("RINGCODE_REACHABLE", "RINGCODE_HOOKS_REACHABLE")
                .flatMap(name -> destinations(name).stream())
                .toList();
    }

    private List<Destination> destinations(String name) {
        var named = list(name);
        var read =
                named.stream().flatMap(text -> Destination.parse(text).stream()).toList();
        if (read.size() < named.size())
            problem(
                    name,
                    "must be IP addresses or networks, with a port or without, divided by commas, such as"
                            + " 10.1.0.0/16,127.0.0.1:9000");
        return read;
    }

    private List<String> list(String name) {
        var list = value(name);
        if (list == null) return List.of();
        return Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(Predicate.not(String::isEmpty))
                .toList();
    }

    private LogFormat logFormat() {
        var name = requireNonNullElse(value("RINGCODE_LOG_FORMAT"), "text");
        if (name.equals("json")) return LogFormat.JSON;
        if (!name.equals("text")) problem("RINGCODE_LOG_FORMAT", "must be text or json");
        return LogFormat.TEXT;
    }

    private boolean yes(String name) {
        var value = requireNonNullElse(value(name), "false").toLowerCase(Locale.ROOT);
        if (!List.of("true", "false", "1", "0").contains(value)) problem(name, "must be true or false");
        return value.equals("true") || value.equals("1");
    }

    private @Nullable Duration signingKeyPeriod() {
        var value = value("RINGCODE_SIGNING_KEY_DAYS");
        if (value == null) return null;
        // With fewer, the ten previous keys that a tenant may have would be full before the first of them can be
        // revoked.
        if (value.matches("[0-9]{1,4}") && Integer.parseInt(value) >= LEAST_SIGNING_KEY_DAYS)
            return Duration.ofDays(Integer.parseInt(value));
        problem("RINGCODE_SIGNING_KEY_DAYS", "must be whole days from " + LEAST_SIGNING_KEY_DAYS + " to 9999");
        return null;
    }

    private Duration stopDelay() {
        var value = value("RINGCODE_STOP_DELAY");
        if (value == null) return Duration.ZERO;
        if (value.matches("[0-9]{1,3}") && Integer.parseInt(value) <= LONGEST_STOP_DELAY)
            return Duration.ofSeconds(Integer.parseInt(value));
        problem("RINGCODE_STOP_DELAY", "must be whole seconds from 0 to " + LONGEST_STOP_DELAY);
        return Duration.ZERO;
    }

    private @Nullable Traces traces() {
        var url = url("RINGCODE_TRACES_URL");
        var sampled = requireNonNullElse(value("RINGCODE_TRACES_SAMPLED"), "1");
        if (!sampled.matches("1|0|0?\\.[0-9]{1,9}"))
            problem("RINGCODE_TRACES_SAMPLED", "must be a fraction from 0 to 1, such as 0.05");
        else if (url != null) return new Traces(url, Double.parseDouble(sampled));
        if (value("RINGCODE_TRACES_SAMPLED") != null && value("RINGCODE_TRACES_URL") == null)
            problem("RINGCODE_TRACES_SAMPLED", "has no effect without RINGCODE_TRACES_URL");
        return null;
    }

    private int port(String name, int otherwise) {
        var value = value(name);
        if (value == null) return otherwise;
        try {
            var port = Integer.parseInt(value);
            if (port >= 0 && port <= 65535) return port;
        } catch (NumberFormatException _) {
            // the same problem as a number out of range
        }
        problem(name, "must be a port from 1 to 65535, or 0 for a free one");
        return otherwise;
    }

    private @Nullable Path file(String name) {
        if (value(name) == null) return null;
        var file = path(name, Path.of("")).toAbsolutePath();
        if (!Files.isReadable(file)) problem(name, "must be a file that the server can read: " + file);
        return file;
    }

    private Path path(String name, Path otherwise) {
        var value = value(name);
        if (value != null && value.indexOf(NO_LETTER) >= 0) {
            problem(name, "has letters that this locale does not know: start with LC_ALL=C.UTF-8, as ./ringcode does");
            return otherwise;
        }
        try {
            return value == null ? otherwise : Path.of(value);
        } catch (InvalidPathException _) {
            problem(name, "must be a path");
            return otherwise;
        }
    }

    private @Nullable URI url(String name) {
        var value = value(name);
        if (value == null) return null;
        try {
            var url = new URI(value);
            var http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (http
                    && url.getHost() != null
                    && url.getUserInfo() == null
                    && url.getQuery() == null
                    && url.getFragment() == null) return url;
        } catch (URISyntaxException _) {
            // the same problem as a URL without a host
        }
        problem(name, "must be an absolute http(s) URL without user, query or fragment, such as https://example.com");
        return null;
    }

    /** A variable set to nothing counts as not set: that is how compose files and unit files leave things out. */
    private @Nullable String value(String name) {
        var value = flags.variables().getOrDefault(name, env.get(name));
        return value == null || value.isBlank() ? null : value.strip();
    }

    private void problem(String name, String rule) {
        problems.add(flags.spelling(name) + ": " + rule);
    }
}
