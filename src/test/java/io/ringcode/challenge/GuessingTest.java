package io.ringcode.challenge;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Answer;
import io.ringcode.Ringcode;
import io.ringcode.TestDatabase;
import io.ringcode.TestTenant;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.delivery.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Two nodes on one database, as one installation: what is counted on one counts on the other. */
class GuessingTest {
    private static final TestDatabase.Database DATABASE = TestDatabase.freshDatabase();
    private static final FakeCarrier CARRIER = new FakeCarrier();
    private static final TestClock CLOCK = new TestClock();
    private static final Ringcode HERE = Ringcode.on(DATABASE, CARRIER, CLOCK);
    private static final Ringcode THERE = Ringcode.on(DATABASE, CARRIER, CLOCK);

    private final TestTenant tenant = HERE.tenant();
    private final TestTenant sameTenantThere = tenant.at(THERE);
    private final String number = TestTenant.newNumber();

    @AfterAll
    static void stop() {
        THERE.close();
        HERE.close();
        CARRIER.close();
    }

    @Test
    void of_200_parallel_right_guesses_one_succeeds() throws Exception {
        var login = tenant.mfaToken(tenant.enrolled(number));
        var oob = tenant.challenge(login).text("oob_code");
        var code = tenant.code(number);
        var answers = atOnce(200, guess -> (guess % 2 == 0 ? tenant : sameTenantThere).verify(login, oob, code));
        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers).allMatch(answer -> answer.status() < 500);
    }

    @Test
    void parallel_wrong_guesses_do_not_share_a_count() throws Exception {
        var login = tenant.mfaToken(tenant.enrolled(number));
        var oob = tenant.challenge(login).text("oob_code");
        var wrong = tenant.wrongCode(number);
        var answers = atOnce(40, guess -> (guess % 2 == 0 ? tenant : sameTenantThere).verify(login, oob, wrong));
        assertThat(answers).filteredOn(answer -> answer.status() == 403).hasSize(Challenges.TRIES);
        assertThat(answers).filteredOn(answer -> answer.status() == 429).hasSize(40 - Challenges.TRIES);
    }

    @Test
    void ten_wrong_guesses_over_codes_channels_and_nodes_lock_the_factor_and_a_new_code_does_not_unlock_it() {
        var person = tenant.enrolled(number);
        var device = tenant.get("/mfa/authenticators", tenant.mfaToken(person))
                .body()
                .get(0)
                .path("id")
                .asString()
                .substring(4);
        for (int guess = 0; guess < 10; guess++) {
            var node = guess % 2 == 0 ? tenant : sameTenantThere;
            var login = node.mfaToken(person);
            var channel = guess % 3 == 0 ? "voice|" : "sms|";
            var oob = guess % 4 == 3
                    ? node.challenge(login)
                    : node.challenge(login, "authenticator_id", channel + device);
            assertThat(node.verify(login, oob.text("oob_code"), tenant.wrongCode(number))
                            .error())
                    .isEqualTo("403 invalid_grant: Invalid binding_code.");
            // Sends have a limit of their own: ten, and one more each hour.
            if (guess == 8)
                HERE.bean(org.springframework.jdbc.core.simple.JdbcClient.class)
                        .sql("DELETE FROM rate_limit")
                        .update();
        }
        var login = sameTenantThere.mfaToken(person);
        var oob = sameTenantThere.challenge(login).text("oob_code");
        var refused = tenant.verify(login, oob, tenant.code(number));
        assertThat(refused.error())
                .isEqualTo("429 invalid_request: Too many failed codes. Wait for some minutes before retrying.");
        assertThat(refused.retryAfter()).isBetween(1L, 360L);

        HERE.clock().advance(Duration.ofSeconds(refused.retryAfter()));
        var later = tenant.mfaToken(person);
        assertThat(tenant.verify(later, tenant.challenge(later).text("oob_code"), tenant.code(number))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_right_guess_gives_back_all_places() {
        var person = tenant.enrolled(number);
        for (int round = 0; round < 3; round++) {
            var login = tenant.mfaToken(person);
            var oob = tenant.challenge(login).text("oob_code");
            for (int wrong = 0; wrong < 4; wrong++) tenant.verify(login, oob, tenant.wrongCode(number));
            assertThat(tenant.verify(login, oob, tenant.code(number)).status()).isEqualTo(200);
        }
    }

    @Test
    void five_wrong_guesses_spend_a_code_and_a_new_one_may_be_asked_for() {
        var login = tenant.mfaToken(tenant.enrolled(number));
        var oob = tenant.challenge(login).text("oob_code");
        var spent = tenant.code(number);
        for (int wrong = 0; wrong < 5; wrong++) tenant.verify(login, oob, tenant.wrongCode(number));
        assertThat(tenant.verify(login, oob, spent).status()).isEqualTo(429);
        var next = tenant.challenge(login).text("oob_code");
        assertThat(tenant.verify(login, oob, tenant.code(number)).error())
                .isEqualTo("401 expired_token: oob_code is expired");
        assertThat(tenant.verify(login, next, tenant.code(number)).status()).isEqualTo(200);
    }

    @Test
    void at_a_hundred_failures_in_a_row_the_phone_is_disabled_for_good() {
        var person = tenant.enrolled(number);
        for (int failure = 0; failure < 100; failure++) {
            var login = tenant.mfaToken(person);
            var oob = tenant.challenge(login).text("oob_code");
            assertThat(tenant.verify(login, oob, tenant.wrongCode(number)).status())
                    .isEqualTo(403);
            HERE.clock().advance(Duration.ofHours(1));
        }
        HERE.clock().advance(Duration.ofDays(30));
        var login = tenant.mfaToken(person);
        var refused = tenant.verify(login, tenant.challenge(login).text("oob_code"), tenant.code(number));
        assertThat(refused.status()).isEqualTo(429);
    }

    private interface Guess {
        Answer at(int index);
    }

    private static List<Answer> atOnce(int count, Guess guess) throws Exception {
        var start = new CyclicBarrier(count);
        var tasks = new ArrayList<Callable<Answer>>();
        for (int i = 0; i < count; i++) {
            var index = i;
            tasks.add(() -> {
                start.await(30, SECONDS);
                return guess.at(index);
            });
        }
        var answers = new ArrayList<Answer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(tasks)) answers.add(answer.get());
        }
        return answers;
    }
}
