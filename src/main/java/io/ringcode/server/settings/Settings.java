package io.ringcode.server.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the operator asked for, read once at start from the command line and the environment and checked as a whole.
 *
 * @param address the local address to listen on; null listens on all of them
 * @param port where plain http is served; 0 takes a free one
 * @param data folder of everything that this server keeps on disk
 * @param database an external PostgreSQL; null runs the built-in one inside {@code data}
 * @param publicUrl the origin that people and applications reach this server by; issuers are built from it. Null only
 *     in development and on a loopback-only server, where the issuer follows the request
 * @param dev development mode: plain http
 * @param devPhone the local phone, which shows every code to whoever looks; only in development mode
 * @param demo first start also makes an application, a user and working examples; implies {@code dev}
 * @param tls https beside http; null serves http alone
 * @param carrierBaseUrls where a carrier's API is, by the carrier's name in lower case, when it is not the vendor's own
 *     address
 * @param trustedProxies addresses or networks (CIDR) whose forwarded headers are believed
 * @param ipDatabases files in the MaxMind DB format, with what is known of end users' addresses
 * @param reachable what addresses that tenants choose may be although they are not public: of hooks, webhooks and keys
 * @param hooks what tenants' own scripts run on
 * @param signingKeyPeriod how long a tenant's key signs before the next one does; null for as long as nobody rotates it
 * @param stopDelay from a signal until the ports close, while readiness says no already
 * @param traces null makes none
 */
public record Settings(
        @Nullable String address,
        int port,
        Path data,
        @Nullable Database database,
        @Nullable URI publicUrl,
        boolean dev,
        boolean devPhone,
        boolean demo,
        @Nullable Tls tls,
        MasterKeySetting masterKey,
        @Nullable AdminClient adminClient,
        Map<String, URI> carrierBaseUrls,
        List<String> trustedProxies,
        List<Path> ipDatabases,
        List<Destination> reachable,
        LogFormat logFormat,
        Hooks hooks,
        @Nullable Duration signingKeyPeriod,
        Duration stopDelay,
        @Nullable Traces traces) {

    public enum LogFormat {
        TEXT,
        /** One object a line, in the Elastic Common Schema. */
        JSON
    }

    /**
     * An external database, by its JDBC URL. Of the three ways to its password there is one at most.
     *
     * @param passwordCommand for the shell, which prints the password
     */
    public record Database(
            String url,
            @Nullable String username,
            @Nullable String password,
            @Nullable Path passwordFile,
            @Nullable String passwordCommand) {
        @Override
        public String toString() {
            return "Database[•••]";
        }
    }

    /**
     * The operator's master keys, the newest first; of the three ways to them there is one at most, and with none of them the data
     * folder has its own.
     *
     * @param command for the shell, which prints them
     */
    public record MasterKeySetting(
            @Nullable String text,
            @Nullable Path file,
            @Nullable String command) {
        @Override
        public String toString() {
            return "MasterKeySetting[•••]";
        }
    }

    /**
     * @param node the Node.js to run them with; null looks for one on the PATH
     * @param registry where npm installs from; null leaves that to npm's own settings
     */
    public record Hooks(@Nullable Path node, @Nullable URI registry) {}

    /** https on {@code port}; without own files a local certificate authority is made in the data folder. */
    public record Tls(
            int port, @Nullable Path certificate, @Nullable Path key) {}

    /**
     * Where traces go.
     *
     * @param url of a collector, which takes OTLP over HTTP there
     * @param sampled of the traces that begin here, from 0 to 1
     */
    public record Traces(URI url, double sampled) {}

    /** The management client that the first start makes, when the operator names it. */
    public record AdminClient(String id, String secret) {
        @Override
        public String toString() {
            return "AdminClient[" + id + ", •••]";
        }
    }

    /**
     * Reads and checks everything there is to set.
     *
     * @param args flags, which win over the environment
     * @param env the process environment; only names that begin with RINGCODE_ are looked at
     * @throws SettingsRefused with every problem there is
     */
    public static Settings read(String[] args, Map<String, String> env) {
        return new SettingsReader(Flags.read(args), env).read();
    }

    @Override
    public String toString() {
        return "Settings[port=" + port + ", data=" + data + ", dev=" + dev + ", demo=" + demo + "]";
    }
}
