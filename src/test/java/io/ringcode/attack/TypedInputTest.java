package io.ringcode.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.TestTenant.Person;
import io.ringcode.TotpApp;
import io.ringcode.console.Console;
import io.ringcode.login.Browser;
import io.ringcode.login.Browser.Place;
import io.ringcode.login.WebApp;
import io.ringcode.management.Admin;
import io.ringcode.management.ImportedUsers;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Codes, numbers and names as the keyboards and clipboards of people write them, at every door that takes one. */
class TypedInputTest {
    private final TestTenant tenant = Ringcode.shared().tenant();

    /** How it comes to differ from what was meant. */
    enum Way {
        ARABIC_DIGITS,
        PERSIAN_DIGITS,
        WIDE,
        MARKS_OF_DIRECTION,
        INVISIBLE_BETWEEN,
        BYTE_ORDER_MARK,
        BLANK_AFTER_EACH,
        HARD_BLANKS,
        THIN_BLANKS,
        IDEOGRAPHIC_BLANK_BEHIND,
        DASHES,
        MINUS,
        TAB_AND_LINE;

        String of(String meant) {
            return switch (this) {
                case ARABIC_DIGITS -> digits(meant, '\u0660');
                case PERSIAN_DIGITS -> digits(meant, '\u06f0');
                case WIDE -> each(meant, one -> one > ' ' && one < 0x7f ? one + 0xfee0 : one);
                case MARKS_OF_DIRECTION -> "\u202a\u2066" + meant + "\u2069\u202c\u200f";
                case INVISIBLE_BETWEEN -> apart(meant, "\u200b");
                case BYTE_ORDER_MARK -> "\ufeff" + meant;
                case BLANK_AFTER_EACH -> apart(meant, " ") + " ";
                case HARD_BLANKS -> apart(meant, "\u00a0");
                case THIN_BLANKS -> apart(meant, "\u2009") + "\u202f";
                case IDEOGRAPHIC_BLANK_BEHIND -> meant + "\u3000";
                case DASHES -> apart(meant, "\u2011");
                case MINUS -> apart(meant, "\u2212");
                case TAB_AND_LINE -> "\t" + meant + "\r\n";
            };
        }

        private static String digits(String text, char zero) {
            return each(text, one -> one >= '0' && one <= '9' ? one - '0' + zero : one);
        }

        private static String each(String text, IntUnaryOperator becomes) {
            return text.codePoints()
                    .map(becomes)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
        }

        private static String apart(String text, String by) {
            return text.chars().mapToObj(one -> "" + (char) one).collect(Collectors.joining(by));
        }
    }

    private final SignIns signIns = new SignIns(tenant);
    private final Admin admin = Admin.of(tenant);
    private final WebApp app = WebApp.of(tenant);
    private final String number = TestTenant.newNumber();

    @ParameterizedTest
    @EnumSource
    void numbers_and_codes_of_phones(Way way) {
        var api = tenant.mfaToken(tenant.person());
        var started = tenant.associate(api, "sms", way.of(number));
        assertThat(started.status()).as(started.body().toString()).isEqualTo(200);
        assertThat(tenant.verify(api, started.text("oob_code"), way.of(tenant.code(number)))
                        .status())
                .isEqualTo(200);

        var browser = new Browser(tenant);
        var other = TestTenant.newNumber();
        var page = signIns.password(browser, tenant.person(), app.authorize());
        page = signIns.sendTo(browser, page, way.of(other));
        assertThat(page.screen()).isEqualTo("mfa-sms-challenge");
        page = browser.send(page, "code", way.of(tenant.code(other)));
        assertThat(page.screen()).isEqualTo("mfa-recovery-code-enrollment");
    }

    @ParameterizedTest
    @EnumSource
    void codes_of_apps_and_of_recovery(Way way) {
        var enrolled = signIns.enrolled();
        assertThat(signIns.recover(tenant.mfaToken(enrolled.person()), way.of(enrolled.recoveryCode()))
                        .status())
                .isEqualTo(200);
        var pages = signIns.enrolled();
        var browser = new Browser(tenant);
        var page = signIns.password(browser, pages.person(), app.authorize());
        page = browser.send(browser.send(page, "action", "pick-authenticator"), "action", "recovery-code");
        page = browser.send(page, "code", way.of(pages.recoveryCode()));
        assertThat(page.screen()).isEqualTo("mfa-recovery-code-challenge-new-code");

        var person = tenant.person();
        var seed = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
        admin.post(methods(person), Map.of("type", "totp", "totp_secret", seed));
        var code = new TotpApp(seed).code(signIns.now());
        assertThat(signIns.otp(tenant.mfaToken(person), way.of(code)).status()).isEqualTo(200);
        var second = tenant.person();
        admin.post(methods(second), Map.of("type", "totp", "totp_secret", seed));
        page = signIns.password(browser, second, app.authorize("prompt", "login"));
        assertThat(page.screen()).isEqualTo("mfa-otp-challenge");
        assertThat(browser.send(page, "code", way.of(code)).parameter("code")).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void numbers_that_administrators_write(Way way) throws Exception {
        var person = tenant.person();
        var bound = admin.post(methods(person), Map.of("type", "phone", "phone_number", way.of(number)));
        assertThat(bound.text("phone_number")).as(bound.body().toString()).isEqualTo(number);
        var user = admin.patch("/users/" + person.id().value(), Map.of("phone_number", way.of(number)));
        assertThat(user.text("phone_number")).as(user.body().toString()).isEqualTo(number);
        var console = Console.of(tenant);
        assertThat(found(console, way.of(number))).contains(person.email());
        assertThat(found(console, way.of(number.substring(number.length() - 4))))
                .contains(person.email());
        assertThat(admin.get("/users?q="
                                + Browser.encode(
                                        "phone_number:\"" + way.of(number).strip() + "\""))
                        .body()
                        .size())
                .isEqualTo(1);

        var imported = TestTenant.newNumber();
        var name = "by-" + System.nanoTime();
        var row = Map.of(
                "email",
                name + "@example.com",
                "phone_number",
                way.of(imported),
                "mfa_factors",
                List.of(
                        Map.of("phone", Map.of("value", way.of(imported))),
                        Map.of("recovery_code", Map.of("value", way.of("ABCDEFGHIJKLMNOP")))));
        var imports = new ImportedUsers(admin);
        var job = imports.run(List.of(row));
        assertThat(job.body().path("summary").path("inserted").asInt())
                .as(job.body().toString())
                .isEqualTo(1);
        var mail = name + "@example.com";
        var made = admin.get("/users-by-email?email=" + mail).body().path(0);
        assertThat(made.path("phone_number").asString()).isEqualTo(imported);
    }

    /** Blanks and marks around a name, and marks in it; a blank in it is part of no name. */
    @ParameterizedTest
    @EnumSource(
            names = {
                "MARKS_OF_DIRECTION",
                "INVISIBLE_BETWEEN",
                "BYTE_ORDER_MARK",
                "IDEOGRAPHIC_BLANK_BEHIND",
                "TAB_AND_LINE"
            })
    void names(Way way) throws Exception {
        var person = tenant.person();
        assertThat(tenant.token("password", "username", way.of(person.email()), "password", person.password())
                        .text("error"))
                .isEqualTo("mfa_required");
        var browser = new Browser(tenant);
        var page = browser.open(app.authorize());
        page = browser.send(page, "username", way.of(person.email()), "password", person.password());
        assertThat(page.screen()).isEqualTo("mfa-begin-enroll-options");
        assertThat(signUp(way.of(person.email())).status()).as("taken").isEqualTo(400);
        assertThat(create(way.of(person.email())).status()).as("taken").isEqualTo(409);
        var fresh = "fresh-" + System.nanoTime();
        var made = admin.post(
                "/users",
                Map.of(
                        "connection", "Username-Password-Authentication",
                        "email", way.of(fresh + "@example.com"),
                        "username", way.of(fresh)));
        assertThat(made.text("email")).as(made.body().toString()).isEqualTo(fresh + "@example.com");
        assertThat(made.text("username")).isEqualTo(fresh);
        assertThat(admin.get("/users-by-email?email=" + Browser.encode(way.of(fresh + "@example.com")))
                        .body()
                        .size())
                .isEqualTo(1);
        var imports = new ImportedUsers(admin);
        var rows = List.of(Map.of("email", way.of(fresh + "@example.com")));
        var job = imports.run(rows);
        assertThat(imports.errors(job)).contains("DUPLICATED_USER");
        assertThat(found(Console.of(tenant), way.of(fresh + "@example.com"))).contains(fresh);
    }

    @ParameterizedTest
    @EnumSource(names = {"INVISIBLE_BETWEEN", "IDEOGRAPHIC_BLANK_BEHIND"})
    void a_name_in_many_ways_has_one_limit(Way way) {
        var person = tenant.person();
        for (int guess = 0; guess < 20; guess++)
            assertThat(tenant.token("password", "username", person.email(), "password", "wrong " + guess)
                            .status())
                    .isEqualTo(403);
        assertThat(tenant.token("password", "username", way.of(person.email()), "password", "wrong")
                        .status())
                .isEqualTo(429);
    }

    private Place signUp(String email) {
        var browser = new Browser(tenant);
        return browser.send(
                browser.open(app.authorize("screen_hint", "signup")), "email", email, "password", "long enough");
    }

    private io.ringcode.Answer create(String email) {
        return admin.post("/users", Map.of("connection", "Username-Password-Authentication", "email", email));
    }

    private static String found(Console console, String typed) {
        return console.open("/console/users?q=" + Browser.encode(typed)).html();
    }

    private static String methods(Person person) {
        return "/users/" + person.id().value() + "/authentication-methods";
    }
}
