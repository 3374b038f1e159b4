package io.ringcode.server;

import static java.util.Objects.requireNonNull;

import io.ringcode.database.DatabaseClock;
import io.ringcode.server.postgres.DatabaseStart;
import io.ringcode.server.settings.Network;
import io.ringcode.server.settings.Settings;
import io.ringcode.server.settings.Settings.LogFormat;
import io.ringcode.server.storage.DataFolder;
import io.ringcode.server.storage.MasterKeys;
import io.ringcode.server.tls.LocalTls;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.ClassUtils;

/**
 * One running server with all that it holds: data folder, key, database, web. What is opened is closed in the opposite
 * order: requests in hand are finished, then PostgreSQL stops, then the folder is let go.
 */
public final class RingcodeServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RingcodeServer.class);

    /** By name: the application stands above every module, so that none may know its class. */
    private static final String APPLICATION = "io.ringcode.RingcodeApplication";

    private final Settings settings;
    private final Deque<AutoCloseable> held = new ArrayDeque<>();
    private @Nullable ConfigurableApplicationContext context;
    private @Nullable LocalTls tls;
    private @Nullable DatabaseStart database;

    private RingcodeServer(Settings settings) {
        this.settings = settings;
    }

    /**
     * Comes back when requests are taken.
     *
     * @throws StartRefused for what the operator can mend; nothing is left running then
     */
    public static RingcodeServer start(Settings settings) {
        return start(settings, new DatabaseClock(Clock.systemUTC()), Map.of());
    }

    /**
     * With a clock by which every expiry and limit is counted, the database's or one of one's own, and with beans by name that
     * stand in for what the server would use.
     */
    public static RingcodeServer start(Settings settings, Clock clock, Map<String, Object> beans) {
        var server = new RingcodeServer(settings);
        var application = application();
        if (settings.logFormat() == LogFormat.JSON)
            application.setDefaultProperties(Map.of("logging.structured.format.console", "ecs"));
        application.addInitializers(context -> server.prepare(context, clock));
        application.addInitializers(context -> context.getBeanFactory().registerSingleton("clock", clock));
        application.addInitializers(context -> beans.forEach(context.getBeanFactory()::registerSingleton));
        try {
            server.keep(application.run());
            return server;
        } catch (RuntimeException | Error failure) {
            server.close();
            var refusal = server.database == null ? null : server.database.refusal();
            if (refusal != null) throw refusal;
            throw failure;
        }
    }

    private static SpringApplication application() {
        var application = new SpringApplication();
        application.setSources(Set.of(APPLICATION));
        // Whose initializer is looked for where the build has judged the beans.
        application.setMainApplicationClass(ClassUtils.resolveClassName(APPLICATION, null));
        application.setRegisterShutdownHook(false);
        return application;
    }

    /** For Spring's processing at build time, which stops this before a bean is made. */
    static void describeBeans() {
        var application = application();
        // What is there already at a real start and decides which beans there are besides.
        application.addInitializers(
                context -> context.getBeanFactory().registerSingleton("databaseStart", DatabaseStart.none()));
        application.run();
    }

    /** Runs once logging works and before any bean is made. */
    private void prepare(ConfigurableApplicationContext context, Clock clock) {
        var data = hold(DataFolder.open(settings.data()));
        var keys = MasterKeys.load(settings, data);
        var properties = new HashMap<String, Object>();
        properties.put("server.port", settings.port());
        if (settings.address() != null) properties.put("server.address", settings.address());
        if (!settings.trustedProxies().isEmpty()) {
            properties.put("server.forward-headers-strategy", "native");
            properties.put("server.tomcat.remoteip.host-header", "X-Forwarded-Host");
            properties.put("server.tomcat.remoteip.internal-proxies", Network.asNetworks(settings.trustedProxies()));
        }
        ListenAddress.requireFree(settings.address(), settings.port());
        if (settings.tls() != null) {
            ListenAddress.requireFree(settings.address(), settings.tls().port());
            tls = LocalTls.prepare(settings, settings.tls(), data);
            context.getBeanFactory().registerSingleton("localTls", tls);
        }
        database = hold(DatabaseStart.begin(settings, data, clock));
        context.getBeanFactory().registerSingleton("databaseStart", database);
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("settings", properties));
        context.getBeanFactory().registerSingleton("settings", settings);
        context.getBeanFactory().registerSingleton("masterKeys", keys);
        context.getBeanFactory().registerSingleton("dataFolder", data);
    }

    private <T extends AutoCloseable> T hold(T resource) {
        held.push(resource);
        return resource;
    }

    private void keep(ConfigurableApplicationContext running) {
        context = hold(running);
    }

    public ApplicationContext context() {
        if (context == null) throw new IllegalStateException("The server has not started");
        return context;
    }

    /** The port that http is really served at, also where the settings left the choice. */
    public int port() {
        return requireNonNull(((WebServerApplicationContext) context()).getWebServer())
                .getPort();
    }

    /** The port that https is really served at; 0 where it is not. */
    public int httpsPort() {
        return tls == null ? 0 : tls.port();
    }

    /** Says where it is reached, and what an operator should know about that. */
    void announce() {
        if (settings.dev()) {
            log.warn("Development mode: never for real people's codes");
        } else if (settings.publicUrl() == null) {
            log.warn("No RINGCODE_PUBLIC_URL is set: only this machine can reach the server. Set it to the https"
                    + " address that people will use, or try --demo.");
        }
        log.info("Ringcode serves http://{}:{}", Network.urlHost(settings.address()), port());
        if (tls != null) tls.announce();
    }

    /** Asks itself whether it is ready, as whoever starts it does. */
    void answerOnce() throws IOException {
        try (var answer = URI.create("http://localhost:" + port() + "/health/ready")
                .toURL()
                .openStream()) {
            answer.readAllBytes();
        }
    }

    /** From now on it says that it is not ready, and serves all the same: who sends it requests looks elsewhere meanwhile. */
    void withdraw() {
        if (context != null) AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
    }

    /** Finishes requests in hand, within 20 seconds, and lets go of everything. A second call does nothing. */
    @Override
    public synchronized void close() {
        while (!held.isEmpty()) {
            try {
                held.pop().close();
            } catch (Exception | Error failure) {
                log.error("Closing goes on after a failure", failure);
            }
        }
    }
}
