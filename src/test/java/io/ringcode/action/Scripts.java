package io.ringcode.action;

import static org.awaitility.Awaitility.await;

import io.ringcode.TestTenant;
import io.ringcode.delivery.carrier.SelectedProvider;
import io.ringcode.tenant.Tenants;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A tenant that sends with its own scripts. */
public record Scripts(TestTenant tenant) {
    /** Selects the tenant's own script as its provider. */
    public static Scripts of(TestTenant tenant) {
        tenant.server()
                .bean(Tenants.class)
                .set(
                        tenant.id(),
                        SelectedProvider.SETTING,
                        new SelectedProvider("phone-message-hook"),
                        tenant.server().clock().instant());
        return new Scripts(tenant);
    }

    public Hooks hooks() {
        return tenant.server().bean(Hooks.class);
    }

    /** An enabled hook that posts what {@code fields} says to the fake carrier, and then calls back. */
    public Hooks.Hook posting(String fields, Map<String, String> secrets) {
        return hook("""
                const axios = require('axios');
                module.exports = async (recipient, text, context, cb) => {
                    await axios.post('%s/hook', new URLSearchParams({To: recipient, Body: text, %s}).toString());
                    cb(null, {});
                };
                """.formatted(tenant.server().carrier().baseUrl(), fields), secrets);
    }

    public Hooks.Hook hook(String code) {
        return hook(code, Map.of());
    }

    public Hooks.Hook hook(String code, Map<String, String> secrets) {
        return inTransaction(() -> {
            var draft = tenant.server().bean(Builds.class).build(tenant.id(), "hook", code, Map.of(), null);
            var name = "hook " + System.nanoTime();
            var hook = hooks().create(tenant.id(), name, Trigger.SEND_PHONE_MESSAGE, true, draft);
            hooks().putSecrets(tenant.id(), hook.script().id(), secrets);
            return hook;
        });
    }

    /** An action with that code, deployed and bound to its trigger. */
    public String action(Trigger trigger, String code, Map<String, String> secrets) {
        var server = tenant.server();
        return inTransaction(() -> {
            var actions = server.bean(Actions.class);
            var change = new Actions.Change(null, code, Map.of(), null, Map.copyOf(secrets));
            var action = actions.create(tenant.id(), "action " + System.nanoTime(), trigger, "v2", change);
            var id = action.script().id();
            actions.deploy(tenant.id(), id);
            server.bean(Bindings.class).set(tenant.id(), trigger, List.of(new Bindings.NewBinding(id, "an action")));
            return id;
        });
    }

    /** The newest run of a script, which a slow machine may still be at when its caller has been answered. */
    public Execution lastRun(String script) {
        tenant.server().settle();
        return await().atMost(Duration.ofMinutes(1))
                .until(
                        () -> tenant.server().bean(Executions.class).of(tenant.id(), script, 0, 1),
                        run -> !run.isEmpty())
                .getFirst();
    }

    /** What all runs of a script have written, in no order. */
    public List<String> logs(String script) {
        tenant.server().settle();
        return tenant.server().bean(Executions.class).of(tenant.id(), script, 0, 100).stream()
                .flatMap(run -> run.log().stream())
                .toList();
    }

    public <T> T inTransaction(Callable<T> change) {
        return new TransactionTemplate(tenant.server().bean(PlatformTransactionManager.class)).execute(_ -> {
            try {
                return change.call();
            } catch (RuntimeException failure) {
                throw failure;
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        });
    }

    /** The tenant's newest message: its state, and what its newest attempt was told. */
    public String message() {
        return tenant.server()
                .bean(JdbcClient.class)
                .sql("""
                        SELECT message.state || ': ' || coalesce(attempt.said, '')
                          FROM message JOIN attempt ON attempt.tenant_id = message.tenant_id AND message_id = message.id
                         WHERE message.tenant_id = :tenant ORDER BY message.id DESC, number DESC LIMIT 1
                        """)
                .param("tenant", tenant.id().value())
                .query(String.class)
                .single();
    }
}
