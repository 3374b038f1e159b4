package io.ringcode.delivery;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ringcode.TestDatabase.Database;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.client.ClientId;
import io.ringcode.database.DatabaseSessions;
import io.ringcode.database.DatabaseWatch;
import io.ringcode.database.LastWrites;
import io.ringcode.database.TestWatch;
import io.ringcode.delivery.Queued.Promised;
import io.ringcode.delivery.account.CarrierAccount.Change;
import io.ringcode.delivery.account.CarrierAccounts;
import io.ringcode.delivery.builtin.Inbox;
import io.ringcode.delivery.carrier.Carriers;
import io.ringcode.delivery.carrier.SelectedProvider;
import io.ringcode.delivery.outbox.Dispatcher;
import io.ringcode.delivery.outbox.Sweeper;
import io.ringcode.delivery.routing.RouteSettings;
import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.secret.Keyring;
import io.ringcode.secret.RandomText;
import io.ringcode.server.settings.Settings;
import io.ringcode.server.storage.MasterKey;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import io.ringcode.trace.Tracing;
import io.ringcode.user.UserId;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** One server as far as delivery goes: its own pool and clock, the real wiring, and a database shared with others. */
public final class DeliveryNode implements AutoCloseable {
    public static final TenantId TENANT = TenantId.DEFAULT;
    public static final PhoneNumber PHONE = new PhoneNumber("+14155550123");
    public static final String SID = "AC00000000000000000000000000000001";
    public static final String TOKEN = "a-token";

    static final TenantId OTHER = new TenantId("other");

    /** Carriers that answer as a test says; without an account until {@link #route}. */
    private static final List<String> SCRIPTED = List.of("ant", "bee", "cat");

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final List<MessageSettled> settled = new CopyOnWriteArrayList<>();
    private final List<ReceiptRefused> refusals = new CopyOnWriteArrayList<>();
    private final List<MessageInTrouble> troubles = new CopyOnWriteArrayList<>();
    private final Set<UUID> typed = ConcurrentHashMap.newKeySet();
    private final TransactionTemplate transaction;

    public DeliveryNode(Database database, URI carrier, TestClock clock) {
        this(database, carrier, clock, Map.of());
    }

    /** @param properties of {@code ringcode.delivery}; the sweep comes only when asked unless they say otherwise */
    public DeliveryNode(Database database, URI carrier, TestClock clock, Map<String, Object> properties) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(database.url());
        pool.setUsername(database.user());
        pool.setPassword(database.password());
        pool.setMaximumPoolSize(8);
        var settings = Settings.read(new String[] {"--dev", "--data", "unused"}, environment(carrier));
        var sources = context.getEnvironment().getPropertySources();
        sources.addFirst(new MapPropertySource("still", Map.of("ringcode.delivery.sweep-interval", "0s")));
        sources.addFirst(new MapPropertySource("test", properties));
        context.registerBean(DataSource.class, () -> pool);
        context.registerBean(JdbcClient.class, () -> JdbcClient.create(pool));
        context.registerBean(
                DatabaseWatch.class, () -> TestWatch.of(JdbcClient.create(pool), new SimpleMeterRegistry()));
        context.registerBean(LastWrites.class, () -> new LastWrites(new JdbcTemplate(pool)));
        context.registerBean(DatabaseSessions.class, () -> () -> false);
        context.registerBean(PlatformTransactionManager.class, () -> new JdbcTransactionManager(pool));
        context.registerBean(Clock.class, () -> clock);
        context.registerBean(MeterRegistry.class, () -> new SimpleMeterRegistry());
        context.registerBean(ObjectMapper.class, () -> JsonMapper.builder().build());
        context.registerBean(Keyring.class, () -> Keyring.of(new MasterKey(new byte[32])));
        context.registerBean(Settings.class, () -> settings);
        context.registerBean(Tracing.class, () -> Tracing.OFF);
        context.register(RandomText.class, Tenants.class);
        context.registerBean(CodeStatus.class, () -> (_, code) -> !typed.contains(code.transaction()));
        context.scan(
                "io.ringcode.batch",
                "io.ringcode.budget",
                "io.ringcode.delivery",
                "io.ringcode.network",
                "io.ringcode.schedule");
        for (var name : SCRIPTED)
            context.registerBean(
                    name,
                    ScriptedCarrier.class,
                    () -> new ScriptedCarrier(name, context.getBean(CarrierAccounts.class)));
        context.addApplicationListener(event -> {
            if (event instanceof org.springframework.context.PayloadApplicationEvent<?> payload)
                switch (payload.getPayload()) {
                    case MessageSettled message -> settled.add(message);
                    case ReceiptRefused refusal -> refusals.add(refusal);
                    case MessageInTrouble trouble -> troubles.add(trouble);
                    default -> {}
                }
        });
        context.refresh();
        transaction = new TransactionTemplate(bean(PlatformTransactionManager.class));
    }

    /** Every carrier is at that address, and this server at one that carriers would call. */
    private static Map<String, String> environment(URI carrier) {
        var environment = new HashMap<>(FakeCarrier.environment(carrier));
        environment.put("RINGCODE_PUBLIC_URL", "https://mfa.example.org");
        return environment;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** From now on the default tenant sends with Twilio, with a sender number. */
    public void useTwilio() {
        account("twilio", Map.of("sid", SID, "auth_token", TOKEN, "default_from", "+12025550123"));
        select("twilio");
    }

    /** From now on the default tenant has such an account with that carrier. */
    public void account(String carrier, Map<String, String> fields) {
        change(carrier, Change.set(fields));
    }

    public void change(String carrier, Change change) {
        var form = bean(Carriers.class).form(carrier).orElseThrow();
        bean(CarrierAccounts.class).save(TENANT, form, change);
    }

    public void select(String provider) {
        bean(Tenants.class).set(TENANT, SelectedProvider.SETTING, new SelectedProvider(provider), now());
    }

    public ScriptedCarrier scripted(String name) {
        return (ScriptedCarrier) context.getBean(name);
    }

    /** From now on the default tenant's messages go by these scripted carriers, in this order, on both channels. */
    public void route(String... names) {
        for (var name : names) account(name, ScriptedCarrier.ACCOUNT);
        routes(
                new RouteSettings.Route("sms", List.of(), List.of(), List.of(names)),
                new RouteSettings.Route("voice", List.of(), List.of(), List.of(names)));
    }

    public void routes(RouteSettings.Route... routes) {
        set(new RouteSettings(List.of(routes), RouteSettings.OtherChannel.OFF, RouteSettings.NextCarrier.ON, 20));
    }

    public void set(RouteSettings settings) {
        bean(Tenants.class).set(TENANT, RouteSettings.NAME, settings, now());
    }

    public NewMessage message(Channel channel, String text) {
        return new NewMessage(
                TENANT,
                new UserId("auth0|1"),
                new ClientId("app"),
                "phone|dev_1",
                PHONE,
                channel,
                text,
                Locale.US,
                now().plus(Duration.ofMinutes(5)));
    }

    public Queued queue(NewMessage message) {
        return transaction.execute(_ -> bean(Deliveries.class).queue(message));
    }

    /** A message with a code of that login. */
    public NewMessage message(Channel channel, UUID login) {
        var plain = message(channel, "x");
        return new NewMessage(
                plain.tenant(),
                plain.user(),
                plain.client(),
                plain.enrollment(),
                plain.to(),
                channel,
                plain.text(),
                plain.language(),
                plain.expiresAt(),
                null,
                new CodeRef(login, plain.enrollment(), 1),
                null);
    }

    /** From now on that login's code is spent. */
    public void type(UUID login) {
        typed.add(login);
    }

    public void queueAndRollBack(NewMessage message) {
        transaction.executeWithoutResult(status -> {
            bean(Deliveries.class).queue(message);
            status.setRollbackOnly();
        });
    }

    public Promised promise(Channel channel, String text) {
        return (Promised) queue(message(channel, text));
    }

    /** A message of another tenant, which sends by the first of the scripted carriers. */
    public Promised promiseOfOtherTenant() {
        if (bean(Tenants.class).create(OTHER, now())) {
            var form = bean(Carriers.class).form("ant").orElseThrow();
            bean(CarrierAccounts.class).save(OTHER, form, Change.set(ScriptedCarrier.ACCOUNT));
            bean(Tenants.class).set(OTHER, SelectedProvider.SETTING, new SelectedProvider("ant"), now());
        }
        var ours = message(Channel.SMS, "x");
        var theirs = new NewMessage(
                OTHER,
                ours.user(),
                ours.client(),
                ours.enrollment(),
                ours.to(),
                ours.channel(),
                ours.text(),
                ours.language(),
                ours.expiresAt());
        return (Promised) queue(theirs);
    }

    /** Long enough for any carrier that answers at all. */
    public DispatchResult send(Promised promised) {
        var result = bean(Deliveries.class).send(promised, Duration.ofSeconds(20));
        LateRows.await(bean(Dispatcher.class));
        return result;
    }

    public int sweep() {
        return bean(Sweeper.class).sweep();
    }

    public List<InboxText> inbox() {
        return bean(Inbox.class).newestFirst(TENANT, null, 1000).stream()
                .map(message -> new InboxText(message.to(), message.text()))
                .toList();
    }

    public record InboxText(PhoneNumber to, String text) {}

    /** What was told to listeners of this node, oldest first. */
    public List<MessageSettled> settled() {
        return List.copyOf(settled);
    }

    public List<ReceiptRefused> refusals() {
        return List.copyOf(refusals);
    }

    public List<MessageInTrouble> troubles() {
        return List.copyOf(troubles);
    }

    public JdbcClient db() {
        return bean(JdbcClient.class);
    }

    /** The message's row as {@code state}, and {@code erased} beside it once the text is gone. */
    public String state(Promised promised) {
        return db().sql("""
                SELECT state || CASE WHEN text_sealed IS NULL THEN ', erased' ELSE '' END
                  FROM message WHERE tenant_id = :tenant AND id = :id
                """)
                .param("tenant", promised.tenant().value())
                .param("id", promised.id())
                .query(String.class)
                .single();
    }

    private java.time.Instant now() {
        return bean(Clock.class).instant();
    }

    @Override
    public void close() {
        context.close();
    }
}
