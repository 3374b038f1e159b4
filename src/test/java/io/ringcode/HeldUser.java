package io.ringcode;

import io.ringcode.TestTenant.Person;
import io.ringcode.server.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A user's row that somebody else holds, so that requests wait for it and find out afterwards what became of the user. */
public final class HeldUser {
    private HeldUser() {}

    /**
     * @param change what is done to the user, in SQL, once all requests wait; empty for nothing
     * @return the answers, in the order of the requests
     */
    public static <T> List<T> answers(TestTenant tenant, Person person, List<Callable<T>> requests, String change)
            throws Exception {
        var db = tenant.server().bean(JdbcClient.class);
        var transactions = new TransactionTemplate(tenant.server().bean(PlatformTransactionManager.class));
        var answers = new ArrayList<Future<T>>();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            transactions.executeWithoutResult(_ -> {
                var holder = db.sql("SELECT pg_backend_pid() FROM app_user WHERE tenant_id = :t AND id = :u FOR UPDATE")
                        .param("t", tenant.id().value())
                        .param("u", person.id().value())
                        .query(Integer.class)
                        .single();
                for (var request : requests) answers.add(pool.submit(request));
                awaitWaiters(db, holder, requests.size());
                if (!change.isEmpty())
                    db.sql("UPDATE app_user SET " + change + " WHERE tenant_id = :t AND id = :u")
                            .param("t", tenant.id().value())
                            .param("u", person.id().value())
                            .update();
            });
            var all = new ArrayList<T>();
            for (var answer : answers) all.add(answer.get());
            return all;
        }
    }

    private static void awaitWaiters(JdbcClient db, int holder, int count) {
        try {
            // Who waits for one that waits itself counts too.
            Eventually.holds(
                    count + " wait",
                    () -> db.sql("""
                                    WITH RECURSIVE waiting AS (
                                        SELECT pid FROM pg_stat_activity WHERE :holder = ANY (pg_blocking_pids(pid))
                                        UNION
                                        SELECT other.pid FROM pg_stat_activity AS other
                                          JOIN waiting ON waiting.pid = ANY (pg_blocking_pids(other.pid))
                                    )
                                    SELECT count(*) FROM waiting
                                    """)
                                    .param("holder", holder)
                                    .query(Integer.class)
                                    .single()
                            >= count);
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }
}
