package io.ringcode.mfa;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Answer;
import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a caller sends, the answer is a clear refusal: never a 500, never a stack trace. */
class BadInputTest {
    private static final TestTenant TENANT = Ringcode.shared().tenant();

    private final String number = TestTenant.newNumber();

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "null", "\"text\"", "{\"grant_type\":1}", "{\"grant_type\":[\"password\"]}", ""})
    void bodies_that_are_no_json_object_of_texts(String body) {
        refusal(raw("/oauth/token", "application/json", body), 400, "invalid_request");
    }

    @Test
    void other_content_types_and_large_bodies() {
        refusal(raw("/oauth/token", "text/plain", "grant_type=password"), 415, "invalid_request");
        refusal(raw("/oauth/token", "nonsense", "x"), 415, "invalid_request");
        refusal(
                raw("/oauth/token", "application/json", "{\"a\":\"" + "x".repeat(65_536) + "\"}"),
                413,
                "invalid_request");
        refusal(raw("/oauth/token", "application/x-www-form-urlencoded", "grant_type=%zz"), 400, "invalid_request");
        refusal(raw("/oauth/token", "application/x-www-form-urlencoded", "a=1&a=2"), 400, "invalid_request");
    }

    @Test
    void json_nested_without_end() {
        refusal(raw("/oauth/token", "application/json", "{\"a\":".repeat(5_000)), 400, "invalid_request");
    }

    @Test
    void missing_parameters_are_named() {
        assertThat(TENANT.form("/oauth/token", "a", "b").error())
                .isEqualTo("400 invalid_request: Missing required parameter: grant_type");
        assertThat(TENANT.token("http://auth0.com/oauth/grant-type/mfa-oob").error())
                .isEqualTo("400 invalid_request: Missing required parameter: mfa_token");
        assertThat(TENANT.json("/mfa/associate", TENANT.mfaToken(TENANT.person()), Map.of())
                        .error())
                .isEqualTo("400 invalid_request: Missing required parameter: authenticator_types");
        var login = TENANT.mfaToken(TENANT.enrolled(number));
        var oob = TENANT.challenge(login).text("oob_code");
        assertThat(TENANT.token("http://auth0.com/oauth/grant-type/mfa-oob", "mfa_token", login, "oob_code", oob)
                        .error())
                .isEqualTo("400 invalid_request: Missing required parameter: binding_code");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"authenticator_types":" "}                              | Missing required parameter: authenticator_types
            {"authenticator_types":[]}                               | Missing required parameter: authenticator_types
            {"authenticator_types":[1]}                              | Parameter authenticator_types must hold strings.
            {"authenticator_types":1}                                | Parameter authenticator_types must be a string.
            {"authenticator_types":["email"]}                        | Parameter authenticator_types must be ["oob"] or ["otp"].
            {"authenticator_types":["oob"]}                          | Missing required parameter: oob_channels
            {"authenticator_types":["oob"],"oob_channels":["fax"]}   | Parameter oob_channels must hold "sms" or "voice".
            {"authenticator_types":["oob"],"oob_channels":["sms"]}   | Missing required parameter: phone_number
            {"authenticator_types":["otp"],"phone_number":"\\u0000"} | Parameter phone_number is not well-formed text.
            """)
    void an_association_that_does_not_fit_is_told_why(String body, String sentence) {
        var answer = TENANT.send(TENANT.request("/mfa/associate", TENANT.mfaToken(TENANT.person()))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
        assertThat(answer.error()).isEqualTo("400 invalid_request: " + sentence);
    }

    @Test
    void a_form_and_a_text_for_a_list_of_one_will_do() {
        var answer = TENANT.send(TENANT.request("/mfa/associate", TENANT.mfaToken(TENANT.person()))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("authenticator_types=otp&oob_channels=&more=1")));
        assertThat(answer.text("authenticator_type")).isEqualTo("otp");
        assertThat(answer.body().has("oob_code")).isFalse();
    }

    @Test
    void who_asks_is_judged_before_what_is_asked() {
        refusal(raw("/mfa/associate", "text/plain", "x"), 401, "invalid_grant");
        refusal(raw("/mfa/challenge", "application/json", "{\"client_id\":\"nobody\"}"), 401, "invalid_client");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"abc", "+1", "4155550123", "+1415555012345678", "+999123456", "tel:+14155550123", "+1415555O123"
            })
    void numbers_that_cannot_be(String impossible) {
        assertThat(TENANT.associate(TENANT.mfaToken(TENANT.person()), "sms", impossible)
                        .error())
                .isEqualTo("400 invalid_request: The phone number is invalid.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"email", "auth0", "pigeon", ""})
    void channels_that_are_not_offered(String channel) {
        refusal(TENANT.associate(TENANT.mfaToken(TENANT.person()), channel, number), 400, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abcdef", "12345", "1234567", "१२३४५६", "' OR 1=1 --", "\u0000"})
    void codes_that_no_phone_showed(String typed) {
        var login = TENANT.mfaToken(TENANT.enrolled(number));
        var answer = TENANT.verify(login, TENANT.challenge(login).text("oob_code"), typed);
        assertThat(answer.status()).isIn(400, 403);
        assertThat(answer.body().path("error").asString()).isIn("invalid_grant", "invalid_request");
    }

    @Test
    void mfa_tokens_that_are_forged_expired_or_of_others() {
        var person = TENANT.enrolled(number);
        var login = TENANT.mfaToken(person);
        var oob = TENANT.challenge(login).text("oob_code");
        var code = TENANT.code(number);
        assertThat(TENANT.verify("nonsense", oob, code).error()).isEqualTo("400 invalid_grant: Malformed mfa_token");
        assertThat(TENANT.verify(login.substring(1), oob, code).error())
                .isEqualTo("400 invalid_grant: Malformed mfa_token");
        assertThat(TENANT.get("/mfa/authenticators", "nonsense").error())
                .isEqualTo("401 invalid_grant: The mfa_token provided is invalid. Try getting a new token.");
        assertThat(TENANT.get("/mfa/authenticators", "a.b.c").status()).isEqualTo(401);
        assertThat(TENANT.get("/mfa/authenticators", null).status()).isEqualTo(401);

        var other = Ringcode.shared().tenant();
        assertThat(other.verify(login, oob, code).error()).isEqualTo("400 invalid_grant: Malformed mfa_token");
        TENANT.client("another-app", TENANT.clientSecret());
        var anotherApp =
                new TestTenant(TENANT.server(), TENANT.id(), TENANT.host(), "another-app", TENANT.clientSecret());
        assertThat(anotherApp.verify(login, oob, code).error())
                .isEqualTo("400 invalid_request: mfa_token not issued to this client");

        TENANT.server().clock().advance(Duration.ofMinutes(5));
        assertThat(TENANT.verify(login, oob, code).error()).isEqualTo("401 expired_token: mfa_token is expired");
    }

    @Test
    void oob_codes_that_are_forged_or_of_another_login() {
        var person = TENANT.enrolled(number);
        var login = TENANT.mfaToken(person);
        var oob = TENANT.challenge(login).text("oob_code");
        var code = TENANT.code(number);
        assertThat(TENANT.verify(login, "nonsense", code).error()).isEqualTo("400 invalid_grant: Malformed oob_code");
        assertThat(TENANT.verify(TENANT.mfaToken(person), oob, code).error())
                .isEqualTo("400 invalid_request: The oob_code doesn't match the mfa_token");
        var stranger = TENANT.mfaToken(TENANT.enrolled(TestTenant.newNumber()));
        assertThat(TENANT.verify(stranger, oob, code).error())
                .isEqualTo("400 invalid_request: The oob_code doesn't match the mfa_token");
    }

    @Test
    void clients_that_prove_nothing() {
        for (var secret : List.of("wrong", "")) {
            var answer = TENANT.form(
                    "/oauth/token",
                    "grant_type",
                    "password",
                    "client_id",
                    "app",
                    "client_secret",
                    secret,
                    "username",
                    "x",
                    "password",
                    "y");
            refusal(answer, 401, "invalid_client");
        }
        refusal(TENANT.form("/oauth/token", "grant_type", "password", "client_id", "nobody"), 401, "invalid_client");
    }

    @Test
    void an_unknown_user_and_a_wrong_password_read_the_same() {
        var known = TENANT.token("password", "username", TENANT.person().email(), "password", "wrong");
        var unknown = TENANT.token("password", "username", "nobody@example.com", "password", "wrong");
        assertThat(known.error()).isEqualTo("403 invalid_grant: Wrong email or password.");
        assertThat(unknown.error()).isEqualTo(known.error());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "\\udfffx", "\\u0000"})
    void texts_that_are_none(String escaped) {
        var body = "{\"grant_type\":\"password\",\"client_id\":\"app\",\"client_secret\":\"" + TENANT.clientSecret()
                + "\",\"username\":\"" + escaped + "\",\"password\":\"x\"}";
        refusal(raw("/oauth/token", "application/json", body), 400, "invalid_request");
    }

    @Test
    void a_bar_in_an_id_may_come_as_it_is() throws Exception {
        try (var socket = new java.net.Socket("localhost", TENANT.server().port())) {
            var request = "DELETE /mfa/authenticators/sms|dev_x HTTP/1.1\r\nHost: " + TENANT.host()
                    + "\r\nAuthorization: Bearer nonsense\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 401").contains("The mfa_token provided is invalid.");
        }
    }

    @ParameterizedTest
    @CsvSource({"/nowhere,404", "/oauth/token,405", "/mfa/authenticators/x%2Fy, 405", "/mfa/%ff,400"})
    void paths_that_lead_nowhere_answer_json(String path, int status) {
        var answer = TENANT.get(path, null);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text("error")).isNotEmpty();
    }

    @Test
    void a_person_without_a_phone_is_told_to_enrol() {
        var login = TENANT.mfaToken(TENANT.person());
        assertThat(TENANT.challenge(login).body().path("error").asString()).isEqualTo("association_required");
        var enrolled = TENANT.mfaToken(TENANT.enrolled(number));
        assertThat(TENANT.challenge(enrolled, "challenge_type", "otp").error())
                .startsWith("401 unsupported_challenge_type");
        refusal(TENANT.challenge(enrolled, "authenticator_id", "sms|dev_of_another"), 404, "not_found");
        refusal(TENANT.challenge(enrolled, "oob_channel", "pigeon"), 400, "invalid_request");
    }

    private static Answer raw(String path, String contentType, String body) {
        return TENANT.send(
                TENANT.request(path, null).header("Content-Type", contentType).POST(BodyPublishers.ofString(body)));
    }

    private static void refusal(Answer answer, int status, String error) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text("error")).isEqualTo(error);
        assertThat(answer.text("error_description")).isNotEmpty();
    }
}
