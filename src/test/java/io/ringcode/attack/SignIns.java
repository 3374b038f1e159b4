package io.ringcode.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Answer;
import io.ringcode.TestTenant;
import io.ringcode.TestTenant.Person;
import io.ringcode.TotpApp;
import io.ringcode.login.Browser;
import io.ringcode.login.Browser.Place;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/** Sign-ins of a tenant, step by step, through the API and the pages. */
record SignIns(TestTenant tenant) {
    static final String OTP = "http://auth0.com/oauth/grant-type/mfa-otp";
    static final String RECOVERY = "http://auth0.com/oauth/grant-type/mfa-recovery-code";
    static final String WRONG_OTP = "403 invalid_grant: Invalid otp_code.";
    static final String ENROLLED_ALREADY = "403 access_denied: User is already enrolled.";
    static final String LOCKED = "429 invalid_request: Too many failed codes. Wait for some minutes before retrying.";

    /** A person with a confirmed phone and the recovery code that came with it. */
    record Enrolled(Person person, String number, String recoveryCode) {}

    Enrolled enrolled() {
        var person = tenant.person();
        var number = TestTenant.newNumber();
        var login = tenant.mfaToken(person);
        var started = tenant.associate(login, "sms", number);
        var answer = tenant.verify(login, started.text("oob_code"), tenant.code(number));
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return new Enrolled(
                person, number, started.body().path("recovery_codes").path(0).asString());
    }

    Answer associateApp(String bearer) {
        return tenant.json("/mfa/associate", bearer, Map.of("authenticator_types", List.of("otp")));
    }

    Answer otp(String mfaToken, String code) {
        return tenant.token(OTP, "mfa_token", mfaToken, "otp", code);
    }

    Answer recover(String mfaToken, String code) {
        return tenant.token(RECOVERY, "mfa_token", mfaToken, "recovery_code", code);
    }

    /** Tokens of the whole way: a code to the phone, in the name of the MFA API's audience or of none. */
    Answer tokens(Enrolled enrolled, String... more) {
        var login = tenant.signIn(enrolled.person(), more).text("mfa_token");
        var oob = tenant.challenge(login).text("oob_code");
        var tokens = tenant.verify(login, oob, tenant.code(enrolled.number()));
        assertThat(tokens.status()).as(tokens.body().toString()).isEqualTo(200);
        return tokens;
    }

    Instant now() {
        return tenant.server().clock().instant();
    }

    /** Right for none of these apps, now or about now. */
    String wrong(TotpApp... apps) {
        return List.of("000000", "111111", "222222", "333333", "444444", "555555", "666666").stream()
                .filter(code -> List.of(apps).stream()
                        .noneMatch(app -> List.of(-30, 0, 30).stream()
                                .anyMatch(seconds ->
                                        app.code(now().plusSeconds(seconds)).equals(code))))
                .findFirst()
                .orElseThrow();
    }

    Place password(Browser browser, Person person, String address) {
        var page = browser.open(address);
        return browser.send(page, "username", person.email(), "password", person.password());
    }

    /** From the page of choices on: to the page that awaits the code. */
    Place sendTo(Browser browser, Place page, String number) {
        var at = page.screen().equals("mfa-begin-enroll-options") ? browser.send(page, "action", "phone") : page;
        return browser.send(at, "phone", number, "type", "sms");
    }

    String recoveryCodeOn(Place page) {
        return found("\\b([A-Z0-9]{24})\\b", page);
    }

    String seedOn(Place page) {
        return found("secret=([A-Z2-7]{16,})", page);
    }

    private static String found(String form, Place page) {
        var found = Pattern.compile(form).matcher(page.html());
        assertThat(found.find()).as(page.html()).isTrue();
        return found.group(1);
    }

    /** The ids of what the person has confirmed, as an administrator sees them. */
    List<String> confirmed(io.ringcode.management.Admin admin, Person person) {
        return admin.get("/users/" + person.id().value() + "/authentication-methods")
                .body()
                .valueStream()
                .filter(one -> one.path("confirmed").asBoolean())
                .filter(one -> !one.path("type").asString().equals("recovery-code"))
                .map(one -> one.path("id").asString())
                .toList();
    }

    /** All at once. */
    static List<Answer> together(List<Callable<Answer>> calls) throws Exception {
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new java.util.ArrayList<Answer>();
            for (var one : pool.invokeAll(calls)) answers.add(one.get());
            return answers;
        }
    }
}
