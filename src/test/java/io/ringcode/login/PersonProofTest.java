package io.ringcode.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.fraud.Admission;
import io.ringcode.fraud.Admission.Denied;
import io.ringcode.fraud.Admission.ProofAsked;
import io.ringcode.fraud.FraudGuard;
import io.ringcode.fraud.FraudRules;
import io.ringcode.fraud.ProofOfWork;
import io.ringcode.fraud.SendRequest;
import io.ringcode.fraud.SendRequest.Cause;
import io.ringcode.fraud.SendRequest.Ownership;
import io.ringcode.fraud.SendRequest.Proof;
import io.ringcode.login.Browser.Place;
import io.ringcode.management.Admin;
import io.ringcode.phone.Channel;
import io.ringcode.phone.PhoneNumber;
import io.ringcode.schedule.RecurringTask;
import io.ringcode.tenant.Origin;
import io.ringcode.tenant.Tenants;
import io.ringcode.user.UserId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where the guard is in doubt, who asks for a code on our pages shows that he is no program. */
class PersonProofTest {
    private final TestTenant tenant = Ringcode.shared().tenant();
    private final WebApp app = WebApp.of(tenant);
    private final Browser browser = new Browser(tenant);
    private final ProofOfWork work = tenant.server().bean(ProofOfWork.class);

    private static String number(int last) {
        return "+491515555%04d".formatted(last);
    }

    /** Asks for codes that nobody types to numbers one after the other, until the guard is in doubt. @return the next number */
    private String doubted() throws Exception {
        var guard = tenant.server().bean(FraudGuard.class);
        tenant.server()
                .bean(Tenants.class)
                .set(
                        tenant.id(),
                        FraudRules.NAME,
                        FraudRules.DEFAULT,
                        tenant.server().clock().instant());
        for (int i = 0; i < 30; i++) {
            if (guard.admitAlone(
                            request(i, Proof.POSSIBLE), tenant.server().clock().instant())
                    instanceof ProofAsked) return number(5_000 + i);
            tenant.server().clock().advance(Duration.ofSeconds(20));
        }
        throw new AssertionError("The guard is in no doubt");
    }

    private SendRequest request(int stranger, Proof proof) {
        return new SendRequest(
                tenant.id(),
                null,
                new UserId("auth0|stranger" + stranger),
                null,
                new PhoneNumber(number(5_000 + stranger % 100)),
                Channel.SMS,
                new Origin("203.0.113.50", true, null, "localhost"),
                Cause.ENROLLMENT,
                Ownership.CLAIMED,
                UUID.randomUUID(),
                proof);
    }

    private Place asked() throws Exception {
        var person = tenant.person();
        var number = doubted();
        var page = browser.open(app.authorize());
        page = browser.send(page, "username", person.email(), "password", person.password());
        page = browser.send(page, "action", "phone");
        page = browser.send(page, "country", "DE", "phone", number, "type", "sms");
        assertThat(page.screen()).isEqualTo("mfa-phone-proof");
        return page;
    }

    private static String data(Place page, String name) {
        var found = Pattern.compile("data-" + name + "=\"([^\"]*)\"").matcher(page.html());
        assertThat(found.find()).as(name).isTrue();
        return found.group(1).replace("&amp;", "&");
    }

    /** As ALTCHA's widget does, which tries one number after the other. */
    private static String solved(String challenge, String salt, String signature) throws Exception {
        var sha256 = MessageDigest.getInstance("SHA-256");
        for (int number = 0; number <= ProofOfWork.LARGEST_NUMBER; number++)
            if (HexFormat.of()
                    .formatHex(sha256.digest((salt + number).getBytes(StandardCharsets.UTF_8)))
                    .equals(challenge)) return payload("SHA-256", challenge, number, salt, signature);
        throw new AssertionError("No number has this hash");
    }

    private static String payload(String algorithm, String challenge, int number, String salt, String signature) {
        var json = """
                {"algorithm":"%s","challenge":"%s","number":%d,"salt":"%s","signature":"%s","took":1}""".formatted(algorithm, challenge, number, salt, signature);
        return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_browser_that_works_gets_the_code_sent() throws Exception {
        var page = asked();
        var before = tenant.server().carrier().count();
        assertThat(browser.send(page, "action", "default").html()).contains("The check failed.");
        assertThat(tenant.server().carrier().count()).isEqualTo(before);
        page = browser.send(
                page, "altcha", solved(data(page, "challenge"), data(page, "salt"), data(page, "signature")));
        assertThat(page.screen()).isEqualTo("mfa-sms-challenge");
        assertThat(tenant.server().carrier().count()).isEqualTo(before + 1);
    }

    @Test
    void who_runs_no_script_waits_and_no_two_at_one_address_at_once() throws Exception {
        var page = asked();
        var waited = page.field("waited");
        assertThat(browser.send(page, "waited", waited).html()).contains("The check failed.");
        tenant.server().clock().advance(ProofOfWork.WAIT);
        page = browser.send(page, "waited", waited);
        assertThat(page.screen()).isEqualTo("mfa-sms-challenge");

        var login = UUID.randomUUID();
        var now = tenant.server().clock().instant();
        var first = work.wait(tenant.id(), login, now);
        var second = work.wait(tenant.id(), login, now.plusMillis(1));
        var later = now.plus(ProofOfWork.WAIT).plusMillis(1);
        var home = new Origin("198.51.100.77", true, null, "localhost");
        assertThat(work.hasWaited(tenant.id(), UUID.randomUUID(), home, first, later))
                .isFalse();
        assertThat(work.hasWaited(tenant.id(), login, home, first, later)).isTrue();
        assertThat(work.hasWaited(tenant.id(), login, home, first, later)).isFalse();
        assertThat(work.hasWaited(tenant.id(), login, home, second, later)).isFalse();
        var other = new Origin("198.51.100.78", true, null, "localhost");
        assertThat(work.hasWaited(
                        tenant.id(), login, other, work.wait(tenant.id(), login, now), now.plus(ProofOfWork.LIFE)))
                .isFalse();
    }

    @Test
    void an_application_that_can_ask_gets_a_challenge_and_one_that_cannot_is_not_asked() throws Exception {
        var number = doubted();
        var login = tenant.mfaToken(tenant.person());
        var body = new HashMap<String, Object>(Map.of(
                "authenticator_types",
                List.of("oob"),
                "oob_channels",
                List.of("sms"),
                "phone_number",
                number,
                "altcha",
                "ask"));
        var asked = tenant.json("/mfa/associate", login, body);
        assertThat(asked.error())
                .isEqualTo(
                        "403 requires_verification: Solve the challenge in altcha, and send the request again with the solution"
                                + " as altcha.");
        var challenge = asked.body().path("altcha");
        body.put(
                "altcha",
                solved(
                        challenge.path("challenge").asString(),
                        challenge.path("salt").asString(),
                        challenge.path("signature").asString()));
        assertThat(tenant.json("/mfa/associate", login, body).status()).isEqualTo(200);
        assertThat(tenant.json("/mfa/associate", login, body).error()).startsWith("403 requires_verification");
        body.remove("altcha");
        assertThat(tenant.json("/mfa/associate", login, body).status()).isEqualTo(200);
    }

    @Test
    void who_is_refused_reads_a_plain_sentence_and_has_another_way() throws Exception {
        doubted();
        var guard = tenant.server().bean(FraudGuard.class);
        var clock = tenant.server().clock();
        Admission answer = new Admission.Admitted();
        for (int i = 0; i < 30 && !(answer instanceof Denied); i++) {
            answer = guard.admitAlone(request(640 + i, Proof.PASSED), clock.instant());
            clock.advance(Duration.ofSeconds(20));
        }
        assertThat(answer).isInstanceOf(Denied.class);
        var page = onTheNumber(browser);
        page = browser.send(page, "country", "DE", "phone", number(5_090), "type", "sms", "shown", page.field("shown"));
        assertThat(page.screen()).isEqualTo("mfa-phone-enrollment");
        assertThat(page.html())
                .containsPattern(
                        "Codes can’t be sent to this number right now[.] Try again in [0-9]+ (minutes?|hours?|days?), or use"
                                + " another method[.]")
                .contains("value=\"pick-authenticator\"");
        assertThat(browser.send(page, "action", "pick-authenticator").screen()).isEqualTo("mfa-begin-enroll-options");
        assertThat(tenant.associate(tenant.mfaToken(tenant.person()), "sms", number(5_091))
                        .error())
                .isEqualTo("429 invalid_request: "
                        + "No code is sent to this phone number at present. Try again later, or use another method.");
        var log = Admin.of(tenant)
                .get("/logs?q=type%3Alimit_phone&sort=date%3A-1")
                .body()
                .toString();
        assertThat(log)
                .containsPattern("were not typed [(]prefix:[+]49151555[0-9]{0,4}[)]")
                .contains("\"rule\":", "\"value\":", "\"threshold\":", "\"until\":")
                .doesNotContain(number(5_090));
    }

    /** @return 256 for a form that came too soon, 512 for another: as it is stored of the newest message */
    private int formTime() {
        for (var task : tenant.server().beans(RecurringTask.class))
            if (task.name().equals("fraud-traffic")) task.run();
        return tenant.server()
                .bean(JdbcClient.class)
                .sql("SELECT flags & (256 + 512) FROM fraud_event WHERE tenant_id = :tenant ORDER BY id DESC LIMIT 1")
                .param("tenant", tenant.id().value())
                .query(Integer.class)
                .single();
    }

    @Test
    void how_long_the_page_of_the_number_was_shown_is_what_the_server_signed() throws Exception {
        assertThat(afterNineSeconds(page -> page.field("shown"))).isEqualTo(512);
        var other = onTheNumber(new Browser(tenant)).field("shown");
        for (var shown : new String[] {"", "1900000000000.00", other})
            assertThat(afterNineSeconds(_ -> shown))
                    .as("a token of one's own: %s", shown)
                    .isEqualTo(256);
        var page = onTheNumber(browser);
        browser.send(
                page, "country", "US", "phone", TestTenant.newNumber(), "type", "sms", "shown", page.field("shown"));
        assertThat(formTime()).as("at once").isEqualTo(256);
    }

    private int afterNineSeconds(Function<Place, String> shown) throws Exception {
        var another = new Browser(tenant);
        var page = onTheNumber(another);
        tenant.server().clock().advance(Duration.ofSeconds(9));
        page = another.send(
                page, "country", "US", "phone", TestTenant.newNumber(), "type", "sms", "shown", shown.apply(page));
        assertThat(page.screen()).isEqualTo("mfa-sms-challenge");
        return formTime();
    }

    @Test
    void who_corrects_a_number_has_had_its_page_since_it_was_shown_first() throws Exception {
        var page = onTheNumber(browser);
        var shown = page.field("shown");
        tenant.server().clock().advance(Duration.ofSeconds(9));
        page = browser.send(page, "country", "US", "phone", "12", "type", "sms", "shown", shown);
        assertThat(page.field("shown")).isEqualTo(shown);
        browser.send(page, "country", "US", "phone", TestTenant.newNumber(), "type", "sms", "shown", shown);
        assertThat(formTime()).isEqualTo(512);
    }

    private Place onTheNumber(Browser by) throws Exception {
        var person = tenant.person();
        var page = by.send(by.open(app.authorize()), "username", person.email(), "password", person.password());
        page = by.send(page, "action", "phone");
        assertThat(page.field("shown")).matches("[0-9]{13}[.][0-9a-f]{64}");
        return page;
    }

    @Test
    void another_method_is_a_way_out() throws Exception {
        var page = browser.send(asked(), "action", "pick-authenticator");
        assertThat(page.screen()).isEqualTo("mfa-begin-enroll-options");
    }

    @Test
    void a_solution_is_good_once_for_its_sign_in_and_its_time() throws Exception {
        var login = UUID.randomUUID();
        var now = tenant.server().clock().instant();
        var asked = work.challenge(tenant.id(), login, now);
        var right = solved(asked.challenge(), asked.salt(), asked.signature());
        assertThat(work.isSolved(tenant.id(), UUID.randomUUID(), right, now)).isFalse();
        assertThat(work.isSolved(Ringcode.shared().tenant().id(), login, right, now))
                .isFalse();
        assertThat(work.isSolved(tenant.id(), login, right, now.plus(ProofOfWork.LIFE)))
                .isFalse();
        assertThat(work.isSolved(tenant.id(), login, right, now)).isTrue();
        assertThat(work.isSolved(tenant.id(), login, right, now)).isFalse();
    }

    @Test
    void what_is_no_solution_is_refused() throws Exception {
        var login = UUID.randomUUID();
        var now = tenant.server().clock().instant();
        var asked = work.challenge(tenant.id(), login, now);
        var known = number(solved(asked.challenge(), asked.salt(), asked.signature()));
        // The digits of the number cannot move into the salt, another algorithm or a longer life is another challenge.
        for (var wrong : new String[] {
            "",
            "garbage",
            "e30=",
            "x".repeat(3_000),
            payload("SHA-512", asked.challenge(), known, asked.salt(), asked.signature()),
            payload("SHA-256", asked.challenge(), known + 1, asked.salt(), asked.signature()),
            payload("SHA-256", asked.challenge(), -1, asked.salt(), asked.signature()),
            payload("SHA-256", asked.challenge(), known, asked.salt() + "1", asked.signature()),
            payload(
                    "SHA-256",
                    asked.challenge(),
                    known,
                    asked.salt().replace("expires=1", "expires=9"),
                    asked.signature()),
            payload("SHA-256", asked.challenge(), known, asked.salt(), "0".repeat(64)),
        }) assertThat(work.isSolved(tenant.id(), login, wrong, now)).as(wrong).isFalse();
        assertThat(work.isSolved(
                        tenant.id(),
                        login,
                        payload("SHA-256", asked.challenge(), known, asked.salt(), asked.signature()),
                        now))
                .isTrue();
    }

    /** The page's own script, by Node.js in place of a browser. */
    @Test
    void the_script_of_the_page_finds_the_number() throws Exception {
        var login = UUID.randomUUID();
        var now = tenant.server().clock().instant();
        var asked = work.challenge(tenant.id(), login, now);
        var browserLike = """
                const state = { dataset: {} };
                const button = {};
                const form = { querySelector: () => button, requestSubmit: () => console.log(field.value) };
                const field = { form, dataset: %s };
                globalThis.document = { getElementById: (id) => (id === "altcha" ? field : state) };
                """.formatted("""
                {algorithm:"%s",challenge:"%s",salt:"%s",signature:"%s",maxnumber:"%d"}""".formatted(
                        asked.algorithm(), asked.challenge(), asked.salt(), asked.signature(), asked.maxnumber()));
        var script = Files.createTempFile("proof", ".js");
        Files.writeString(
                script,
                browserLike
                        + Files.readString(Path.of("src/main/resources/io/ringcode/login/assets/proof.js"))
                                .replace("\"use strict\";", ""));
        Process node;
        try {
            node = new ProcessBuilder("node", script.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (java.io.IOException absent) {
            Assumptions.abort("No Node.js here");
            return;
        }
        var said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(node.waitFor(3, TimeUnit.MINUTES)).isTrue();
        Files.delete(script);
        assertThat(work.isSolved(tenant.id(), login, said, now)).as(said).isTrue();
    }

    private static int number(String payload) {
        var json = new String(Base64.getDecoder().decode(payload), StandardCharsets.UTF_8);
        var found = Pattern.compile("\"number\":([0-9]+)").matcher(json);
        assertThat(found.find()).isTrue();
        return Integer.parseInt(found.group(1));
    }
}
