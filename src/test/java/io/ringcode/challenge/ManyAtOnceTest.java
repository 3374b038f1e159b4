package io.ringcode.challenge;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.ringcode.Answer;
import io.ringcode.Ringcode;
import io.ringcode.TestDatabase;
import io.ringcode.TestTenant;
import io.ringcode.TestTenant.Person;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.delivery.TestClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What is written in one batch is judged each by itself. */
class ManyAtOnceTest {
    private static final TestDatabase.Database DATABASE = TestDatabase.freshDatabase();
    private static final FakeCarrier CARRIER = new FakeCarrier();
    private static final StoppedClock CLOCK = new StoppedClock();
    private static final Ringcode SERVER = Ringcode.on(DATABASE, CARRIER, CLOCK);
    private static final JdbcClient DB = SERVER.bean(JdbcClient.class);

    private final TestTenant tenant = SERVER.tenant();

    @AfterAll
    static void stop() {
        SERVER.close();
        CARRIER.close();
    }

    private record SignIn(Person person, String number, String mfaToken) {}

    private SignIn signIn() {
        var number = TestTenant.newNumber();
        var person = tenant.enrolled(number);
        return new SignIn(person, number, tenant.mfaToken(person));
    }

    @Test
    void a_denied_message_between_two_admitted_ones_counts_nothing_and_costs_them_nothing() {
        var holdUp = signIn();
        var first = signIn();
        var denied = signIn();
        var last = signIn();
        for (int sent = 1; sent < 10; sent++)
            assertThat(tenant.challenge(tenant.mfaToken(denied.person())).status())
                    .isEqualTo(200);
        var sent = CARRIER.count();
        var answers = together(
                "start",
                () -> {},
                List.of(
                        () -> tenant.challenge(holdUp.mfaToken()),
                        () -> tenant.challenge(first.mfaToken()),
                        () -> tenant.challenge(denied.mfaToken()),
                        () -> tenant.challenge(last.mfaToken())));
        assertThat(answers).extracting(Answer::status).containsExactly(200, 200, 429, 200);
        assertThat(CARRIER.count()).isEqualTo(sent + 3);
        // One that had been counted would make the wait longer.
        assertThat(answers.get(2).retryAfter()).isEqualTo(3_600);
        assertThat(tenant.challenge(denied.mfaToken()).retryAfter()).isEqualTo(3_600);
        assertThat(DB.sql("SELECT count(*) FROM log WHERE tenant_id = :tenant AND type = 'limit_phone'")
                        .param("tenant", tenant.id().value())
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
    }

    @Test
    void guesses_at_several_codes_are_judged_each_by_its_own() {
        var holdUp = asked();
        var right = asked();
        var wrong = asked();
        var alsoRight = asked();
        var answers = together(
                "guess",
                () -> {},
                List.of(
                        () -> tenant.verify(holdUp.mfaToken(), holdUp.oob(), holdUp.code()),
                        () -> tenant.verify(right.mfaToken(), right.oob(), right.code()),
                        () -> tenant.verify(wrong.mfaToken(), wrong.oob(), wrong.wrongCode()),
                        () -> tenant.verify(alsoRight.mfaToken(), alsoRight.oob(), alsoRight.code()),
                        // In the same wait, so judged by what the one before it left.
                        () -> tenant.verify(right.mfaToken(), right.oob(), right.code())));
        assertThat(answers).extracting(Answer::status).containsExactly(200, 200, 403, 200, 401);
        assertThat(tenant.verify(wrong.mfaToken(), wrong.oob(), wrong.code()).status())
                .isEqualTo(200);
    }

    @Test
    void one_whose_user_is_blocked_meanwhile_spends_nothing_and_costs_the_others_nothing() {
        var holdUp = asked();
        var blocked = asked();
        var other = asked();
        var answers = together(
                "guess",
                () -> DB.sql("UPDATE app_user SET blocked = true WHERE tenant_id = :tenant AND id = :user")
                        .param("tenant", tenant.id().value())
                        .param("user", blocked.user())
                        .update(),
                List.of(
                        () -> tenant.verify(holdUp.mfaToken(), holdUp.oob(), holdUp.code()),
                        () -> tenant.verify(blocked.mfaToken(), blocked.oob(), blocked.code()),
                        () -> tenant.verify(other.mfaToken(), other.oob(), other.code())));
        assertThat(answers).extracting(Answer::status).containsExactly(200, 403, 200);
        assertThat(DB.sql("""
                        SELECT count(*) FROM challenge JOIN enrollment USING (tenant_id)
                         WHERE tenant_id = :tenant AND enrollment.id = enrollment_id AND user_id = :user AND spent_at IS NOT NULL
                           AND expires_at > :now
                        """)
                        .param("tenant", tenant.id().value())
                        .param("user", blocked.user())
                        .param("now", SERVER.clock().instant().atOffset(java.time.ZoneOffset.UTC))
                        .query(Integer.class)
                        .single())
                .as("codes spent beside the one of the enrolment")
                .isEqualTo(1);
    }

    /** Asked again in one wait, the same sign-in's code is the same: the second waits for the first. */
    @Test
    void two_requests_of_one_sign_in_send_one_code() {
        var holdUp = signIn();
        var twice = signIn();
        var answers = together(
                "start",
                () -> {},
                List.of(
                        () -> tenant.challenge(holdUp.mfaToken()),
                        () -> tenant.challenge(twice.mfaToken()),
                        () -> tenant.challenge(twice.mfaToken())));
        assertThat(answers).extracting(Answer::status).containsOnly(200);
        assertThat(tenant.verify(twice.mfaToken(), answers.get(1).text("oob_code"), tenant.code(twice.number()))
                        .status())
                .isEqualTo(200);
        assertThat(tenant.verify(twice.mfaToken(), answers.get(2).text("oob_code"), tenant.code(twice.number()))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void a_locked_row_makes_only_those_wait_who_need_it() {
        var locked = asked();
        var other = asked();
        var waiting = new TransactionTemplate(SERVER.bean(PlatformTransactionManager.class)).execute(_ -> {
            DB.sql("SELECT id FROM app_user WHERE tenant_id = :tenant AND id = :user FOR UPDATE")
                    .param("tenant", tenant.id().value())
                    .param("user", locked.user())
                    .query(String.class)
                    .single();
            var answer = begin(() -> tenant.verify(locked.mfaToken(), locked.oob(), locked.code()));
            until(() -> DB.sql("""
                            SELECT count(*) FROM pg_stat_activity
                             WHERE wait_event_type = 'Lock' AND datname = current_database()
                            """).query(Integer.class).single() > 0);
            assertThat(tenant.verify(other.mfaToken(), other.oob(), other.code())
                            .status())
                    .isEqualTo(200);
            assertThat(answer).isNotDone();
            return answer;
        });
        assertThat(waiting.orTimeout(30, SECONDS).join().status()).isEqualTo(200);
    }

    private record Asked(String mfaToken, String oob, String code, String wrongCode, String user) {}

    private Asked asked() {
        var signIn = signIn();
        var oob = tenant.challenge(signIn.mfaToken()).text("oob_code");
        return new Asked(
                signIn.mfaToken(),
                oob,
                tenant.code(signIn.number()),
                tenant.wrongCode(signIn.number()),
                signIn.person().id().value());
    }

    /** Keeps the lane busy with the first request until the others wait, does {@code meanwhile}, and lets them all go on at once. */
    private List<Answer> together(String lane, Runnable meanwhile, List<Supplier<Answer>> requests) {
        var answers = new ArrayList<CompletableFuture<Answer>>();
        CLOCK.stopFor("group-commit-" + lane);
        try {
            answers.add(begin(requests.getFirst()));
            until(CLOCK::isWaitedFor);
            for (var request : requests.subList(1, requests.size())) {
                answers.add(begin(request));
                awaitWaiting(lane, answers.size() - 1);
            }
            meanwhile.run();
        } finally {
            CLOCK.goOn();
        }
        return answers.stream()
                .map(answer -> answer.orTimeout(30, SECONDS).join())
                .toList();
    }

    private static CompletableFuture<Answer> begin(Supplier<Answer> request) {
        return CompletableFuture.supplyAsync(request, task -> Thread.ofVirtual().start(task));
    }

    /** A clock that one thread asks in vain until it goes on; a batch asks for the time first of all. */
    private static final class StoppedClock extends TestClock {
        private volatile String stopped = "";
        private volatile CountDownLatch goOn = new CountDownLatch(0);
        private volatile boolean waitedFor;

        void stopFor(String thread) {
            waitedFor = false;
            goOn = new CountDownLatch(1);
            stopped = thread;
        }

        boolean isWaitedFor() {
            return waitedFor;
        }

        void goOn() {
            stopped = "";
            goOn.countDown();
        }

        @Override
        public Instant instant() {
            if (Thread.currentThread().getName().equals(stopped)) {
                waitedFor = true;
                try {
                    goOn.await();
                } catch (InterruptedException hurried) {
                    throw new IllegalStateException(hurried);
                }
            }
            return super.instant();
        }
    }

    private static void awaitWaiting(String lane, int count) {
        var gauge = SERVER.bean(MeterRegistry.class)
                .get("ringcode.batch.waiting")
                .tag("lane", lane)
                .gauge();
        until(() -> gauge.value() >= count);
    }

    private static void until(Supplier<Boolean> holds) {
        try {
            while (!holds.get()) Thread.sleep(2);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
