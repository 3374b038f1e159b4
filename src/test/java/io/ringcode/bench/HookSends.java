package io.ringcode.bench;

import io.ringcode.action.Builds;
import io.ringcode.action.Hooks;
import io.ringcode.action.ScriptRefused;
import io.ringcode.action.Trigger;
import io.ringcode.client.ClientId;
import io.ringcode.delivery.Deliveries;
import io.ringcode.delivery.DispatchResult;
import io.ringcode.delivery.MessageContext;
import io.ringcode.delivery.NewMessage;
import io.ringcode.delivery.Queued;
import io.ringcode.delivery.carrier.PhoneMessage;
import io.ringcode.delivery.carrier.PhoneProvider;
import io.ringcode.delivery.carrier.SelectedProvider;
import io.ringcode.delivery.carrier.SendResult;
import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.secret.TimedId;
import io.ringcode.server.RingcodeServer;
import io.ringcode.server.settings.Settings;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import io.ringcode.user.UserId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a tenant's own script costs, with scripts that answer at once: so all of the time is ours. In one process with the
 * server, whose database is the built-in one.
 */
final class HookSends {
    private static final TenantId TENANT = TenantId.DEFAULT;
    private static final PhoneNumber NUMBER = new PhoneNumber("+14155550123");
    private static final String INSTANT = "module.exports = (recipient, text, context, cb) => cb(null, {}); // ";
    private static final String WITH_AXIOS = "require('axios');\n" + INSTANT;

    private static final int WARM_UP = 3_000;
    private static final int CALLS = 10_000;
    private static final int PER_SECOND = 200;
    private static final int SECONDS = Integer.getInteger("ringcode.bench.window", 20);
    private static final int COLD = 15;

    /**
     * Times in milliseconds.
     *
     * @param warm of a call from the provider's door and back, its row in the log of executions included
     * @param sends from the moment that a message was due to the settled outcome, the outbox included
     */
    @SuppressWarnings("ArrayRecordComponent") // figures, never compared
    record Result(double[] warm, double[] cold, double[] coldWithAxios, double[] sends, double seconds, int failed) {}

    private final ApplicationContext context;
    private final TransactionTemplate transactions;
    private final PhoneProvider provider;
    private final AtomicInteger hooks = new AtomicInteger();

    private HookSends(ApplicationContext context) {
        this.context = context;
        this.transactions = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
        this.provider = context.getBeansOfType(PhoneProvider.class).values().stream()
                .filter(each -> each.name().equals("phone-message-hook"))
                .findFirst()
                .orElseThrow();
    }

    static Result measure(Path folder) throws Exception {
        var arguments =
                new String[] {"--port", "0", "--data", folder.resolve("hooks").toString()};
        try (var server = RingcodeServer.start(Settings.read(arguments, Map.of()))) {
            return new HookSends(server.context()).run();
        }
    }

    private Result run() throws Exception {
        context.getBean(Tenants.class)
                .set(TENANT, SelectedProvider.SETTING, new SelectedProvider(provider.name()), Instant.now());
        Report.progress("hooks: cold starts");
        enable(INSTANT);
        call(); // the runtime itself starts with the first script
        var cold = cold(INSTANT);
        var coldWithAxios = cold(WITH_AXIOS);
        Report.progress("hooks: " + CALLS + " warm calls, one after the other");
        enable(INSTANT);
        for (int i = 0; i < WARM_UP; i++) call();
        var warm = new double[CALLS];
        for (int i = 0; i < CALLS; i++) warm[i] = call();
        Arrays.sort(warm);
        Report.progress("hooks: " + PER_SECOND + " sends per second for " + SECONDS + " s");
        return sends(warm, cold, coldWithAxios);
    }

    private void enable(String code) {
        var name = "bench " + hooks.incrementAndGet();
        transactions.executeWithoutResult(_ -> {
            try {
                var draft = context.getBean(Builds.class).build(TENANT, name, code + name, Map.of(), null);
                context.getBean(Hooks.class).create(TENANT, name, Trigger.SEND_PHONE_MESSAGE, true, draft);
            } catch (ScriptRefused no) {
                throw new IllegalStateException(no);
            }
        });
    }

    private double[] cold(String code) throws Exception {
        var times = new double[COLD];
        for (int i = 0; i < COLD; i++) {
            enable(code);
            times[i] = call();
        }
        Arrays.sort(times);
        return times;
    }

    private double call() throws Exception {
        var now = Instant.now();
        var message = new PhoneMessage(
                TENANT,
                TimedId.at(now),
                new UserId("auth0|bench"),
                new ClientId("bench"),
                NUMBER,
                Channel.SMS,
                "Your code is 123456",
                Locale.ENGLISH,
                now.plusSeconds(300),
                about(),
                null);
        var start = System.nanoTime();
        var result = provider.send(message);
        var time = (System.nanoTime() - start) / 1e6;
        if (!(result instanceof SendResult.Accepted)) throw new IllegalStateException("Not sent: " + result);
        return time;
    }

    private static MessageContext about() {
        return new MessageContext(MessageContext.Occasion.SECOND_FACTOR, "123456", "192.0.2.1", "Bench", "localhost");
    }

    /** In open loop: each message is due at its time, however long others take. */
    private Result sends(double[] warm, double[] cold, double[] coldWithAxios) throws Exception {
        var count = PER_SECOND * SECONDS;
        var times = new double[count];
        var failed = new AtomicInteger();
        var done = new CountDownLatch(count);
        var gap = 1_000_000_000L / PER_SECOND;
        var start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            var due = start + i * gap;
            for (var wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime())
                LockSupport.parkNanos(wait);
            var number = i;
            Thread.ofVirtual().start(() -> {
                try {
                    if (!sent()) failed.incrementAndGet();
                } catch (RuntimeException failure) {
                    failed.incrementAndGet();
                } finally {
                    times[number] = (System.nanoTime() - due) / 1e6;
                    done.countDown();
                }
            });
        }
        done.await();
        var seconds = (System.nanoTime() - start) / 1e9;
        Arrays.sort(times);
        return new Result(warm, cold, coldWithAxios, times, seconds, failed.get());
    }

    private boolean sent() {
        var deliveries = context.getBean(Deliveries.class);
        var wish = new NewMessage(
                TENANT,
                new UserId("auth0|bench"),
                new ClientId("bench"),
                "phone|dev_bench",
                NUMBER,
                Channel.SMS,
                "Your code is 123456",
                Locale.ENGLISH,
                Instant.now().plusSeconds(300),
                about());
        var queued = transactions.execute(_ -> deliveries.queue(wish));
        return queued instanceof Queued.Promised promised
                && deliveries.send(promised, Duration.ofSeconds(10)) instanceof DispatchResult.Accepted;
    }
}
