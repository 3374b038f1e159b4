package io.ringcode.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Answer;
import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.client.Connections;
import io.ringcode.login.Browser;
import io.ringcode.login.Browser.Place;
import io.ringcode.login.WebApp;
import io.ringcode.management.Admin;
import io.ringcode.management.ImportedUsers;
import io.ringcode.schedule.RecurringTask;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/** Passwords and login names that can be written in two ways, and names that two users want. */
class TextFormsTest {
    private static final String COMPOSED = "p\u00e4ssw\u00f6rter-\u00e9t\u00e9";
    private static final String APART = Normalizer.normalize(COMPOSED, Normalizer.Form.NFD);

    private final TestTenant tenant = Ringcode.shared().tenant();
    private final WebApp app = WebApp.of(tenant);
    private final Admin admin = Admin.of(tenant);
    private final ImportedUsers imports = new ImportedUsers(admin);

    @Test
    void a_password_is_the_same_from_every_keyboard() {
        signUp("new@example.com", APART);
        assertThat(logsIn("new@example.com", COMPOSED)).isTrue();
        assertThat(logsIn("new@example.com", COMPOSED.replace('-', '\u2003'))).isFalse();
        create(Map.of("email", "made@example.com", "password", COMPOSED));
        assertThat(logsIn("made@example.com", APART)).isTrue();
        assertThat(page("made@example.com", APART).screen()).isEqualTo("mfa-begin-enroll-options");
        var user = admin.get("/users-by-email?email=made@example.com").body().path(0);
        admin.patch("/users/" + user.path("user_id").asString(), Map.of("password", "a b " + APART));
        assertThat(logsIn("made@example.com", "a\u00a0b\u3000" + COMPOSED)).isTrue();
    }

    @Test
    void a_hash_of_what_was_typed_before_there_was_a_form_is_right_and_gives_way() throws Exception {
        var hash = new Argon2PasswordEncoder(16, 32, 1, 4096, 1).encode(APART);
        var row = Map.of("email", "old@example.com", "password_hash", hash);
        assertThat(imports.errors(imports.run(List.of(row)))).doesNotContain("INVALID");
        assertThat(logsIn("old@example.com", COMPOSED))
                .as("nothing tells that it is the same")
                .isFalse();
        assertThat(logsIn("old@example.com", APART)).isTrue();
        assertThat(logsIn("old@example.com", COMPOSED)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "ann@stra\u00dfe.example, ann@xn--strae-oqa.example",
        "ann@b\u00fccher.example, ann@xn--bcher-kva.example",
        "ann@b\u00fccher.example, ANN@BU\u0308CHER.EXAMPLE",
        "ann@\u4f8b\u3048.example, ann@xn--r8jz45g.example",
        "ann@\u4f8b\u3048.example, ann@\u4f8b\u3048\u3002example",
        "\u0399\u03a9\u0391\u039d\u039d\u0397\u03a3@example.com, \u03b9\u03c9\u03b1\u03bd\u03bd\u03b7\u03c3@example.com",
        "\u0399\u03a9\u0391\u039d\u039d\u0397\u03a3@example.com, \u03b9\u03c9\u03b1\u03bd\u03bd\u03b7\u03c2@example.com",
        "stra\u00dfe@example.com, stra\u1e9ee@example.com",
        "zo\u00eb@example.com, ZOE\u0308@example.com",
        "ad\u0131@example.com, AD\u0131@example.com",
        "\uff41\uff42\uff43@example.com, abc@example.com",
    })
    void an_address_is_one_users_however_it_is_written(String stored, String typed) throws Exception {
        assertThat(create(Map.of("email", stored, "password", COMPOSED)).status())
                .isEqualTo(201);
        assertThat(logsIn(typed, COMPOSED)).isTrue();
        assertThat(page(typed, COMPOSED).screen()).isEqualTo("mfa-begin-enroll-options");
        assertThat(create(Map.of("email", typed, "password", COMPOSED)).status())
                .isEqualTo(409);
        assertThat(signUp(typed, COMPOSED).status()).isEqualTo(400);
        assertThat(imports.errors(imports.run(List.of(Map.of("email", typed))))).contains("DUPLICATED_USER");
        assertThat(admin.get("/users-by-email?email=" + Browser.encode(typed))
                        .body()
                        .size())
                .isEqualTo(1);
    }

    @Test
    void those_who_look_alike_are_two() {
        assertThat(create(Map.of("email", "ann@strasse.example")).status()).isEqualTo(201);
        assertThat(create(Map.of("email", "ann@stra\u00dfe.example")).status()).isEqualTo(201);
        assertThat(create(Map.of("email", "adi@example.com")).status()).isEqualTo(201);
        assertThat(create(Map.of("email", "ad\u0131@example.com")).status()).isEqualTo(201);
        assertThat(create(Map.of("email", "ann@xn--.example")).status()).isEqualTo(201);
    }

    @Test
    void names_that_were_stored_before_are_found_and_brought_to_the_form() {
        stored("u1", "ann@xn--bcher-kva.example", null);
        stored("u2", null, "zoe\u0308");
        assertThat(logsIn("ann@xn--bcher-kva.example", "old password"))
                .as("before the task")
                .isTrue();
        assertThat(logsIn("zoe\u0308", "old password")).isTrue();
        runTask();
        for (var name : List.of("ann@xn--bcher-kva.example", "Ann@b\u00fccher.example", "zo\u00eb", "ZOE\u0308"))
            assertThat(logsIn(name, "old password")).as(name).isTrue();
        assertThat(create(Map.of("email", "ann@b\u00fccher.example")).status()).isEqualTo(409);
    }

    @Test
    void a_user_name_that_is_anothers_address_is_refused() throws Exception {
        create(Map.of("email", "ann@example.com", "username", "ann", "password", COMPOSED));
        create(Map.of("email", "bob@example.com", "username", "bob@home.example", "password", COMPOSED));
        assertThat(create(Map.of("email", "c@example.com", "username", "ANN@example.com"))
                        .status())
                .isEqualTo(409);
        assertThat(create(Map.of("email", "bob@home.example")).status()).isEqualTo(409);
        var bob = admin.get("/users-by-email?email=bob@example.com")
                .body()
                .path(0)
                .path("user_id")
                .asString();
        assertThat(admin.patch("/users/" + bob, Map.of("username", "Ann@example.com"))
                        .status())
                .isEqualTo(409);
        assertThat(signUp("bob@home.example", COMPOSED).status()).isEqualTo(400);
        var rows = List.of(
                Map.of("email", "d@example.com", "username", "ann@example.com"),
                Map.of("email", "bob@home.example"),
                Map.of("email", "e@example.com", "username", "f@example.com"),
                Map.of("email", "f@example.com"));
        var job = imports.run(rows);
        assertThat(job.body().path("summary").toString()).contains("\"inserted\":1", "\"failed\":3");
        assertThat(logsIn("ann@example.com", COMPOSED)).isTrue();
        assertThat(logsIn("bob@home.example", COMPOSED)).isTrue();
        assertThat(admin.patch("/users/" + bob, Map.of("username", "bob@example.com"))
                        .status())
                .as("one's own")
                .isEqualTo(200);
        assertThat(create(Map.of("email", "bob@home.example")).status())
                .as("free again")
                .isEqualTo(201);
    }

    @Test
    void of_many_who_want_a_name_at_once_one_has_it() throws Exception {
        List<Callable<Answer>> calls = IntStream.range(0, 12)
                .mapToObj(n -> (Callable<Answer>) () -> n % 2 == 0
                        ? create(Map.of("email", "wanted@example.com"))
                        : create(Map.of("email", "n" + n + "@example.com", "username", "wanted@example.com")))
                .toList();
        assertThat(SignIns.together(calls).stream().map(Answer::status).filter(status -> status == 201))
                .hasSize(1);
        assertThat(admin.get("/users").body().size()).isEqualTo(1);
    }

    @Test
    void a_pair_that_is_stored_already_signs_in_or_not_but_never_breaks() {
        stored("u1", "ann@example.com", null);
        stored("u2", "bob@example.com", "ann@example.com");
        for (var when : List.of("before", "after")) {
            assertThat(logsIn("ann@example.com", "old password")).as(when).isTrue();
            assertThat(logsIn("bob@example.com", "old password")).as(when).isTrue();
            runTask();
        }
        var bob = admin.get("/users-by-email?email=bob@example.com")
                .body()
                .path(0)
                .path("user_id")
                .asString();
        assertThat(admin.patch("/users/" + bob, Map.of("name", "Bob")).status()).isEqualTo(200);
        assertThat(admin.patch("/users/" + bob, Map.of("username", "bob")).status())
                .isEqualTo(200);
        assertThat(logsIn("bob", "old password")).isTrue();
        assertThat(logsIn("ann@example.com", "old password")).isTrue();
    }

    @Test
    void passwords_are_as_long_at_each_door() {
        var longest = "\ud83d\udd11".repeat(512);
        assertThat(signUp("long@example.com", longest).screen()).isEqualTo("mfa-begin-enroll-options");
        assertThat(logsIn("long@example.com", longest)).isTrue();
        assertThat(page("long@example.com", longest).screen()).isEqualTo("mfa-begin-enroll-options");
        assertThat(create(Map.of("email", "api@example.com", "password", longest))
                        .status())
                .isEqualTo(201);
        assertThat(signUp("more@example.com", longest + "x").status()).isEqualTo(400);
        assertThat(create(Map.of("email", "more@example.com", "password", longest + "x"))
                        .status())
                .isEqualTo(400);
        assertThat(create(Map.of("email", "more@example.com", "password", "\ud83d\udd11".repeat(7)))
                        .status())
                .isEqualTo(400);
    }

    private boolean logsIn(String name, String password) {
        var answer = tenant.token("password", "username", name, "password", password);
        assertThat(answer.status()).as(answer.body().toString()).isLessThan(500);
        return answer.text("error").equals("mfa_required");
    }

    private Place page(String name, String password) {
        var browser = new Browser(tenant);
        return browser.send(browser.open(app.authorize()), "username", name, "password", password);
    }

    private Place signUp(String email, String password) {
        var browser = new Browser(tenant);
        var page = browser.open(app.authorize("screen_hint", "signup"));
        return browser.send(page, "email", email, "password", password);
    }

    private Answer create(Map<String, String> members) {
        var body = new HashMap<String, Object>(members);
        body.put("connection", Connections.DEFAULT);
        return admin.post("/users", body);
    }

    /** As a server of before has written it. */
    private void stored(String id, @Nullable String email, @Nullable String username) {
        tenant.server()
                .bean(JdbcClient.class)
                .sql("""
                INSERT INTO app_user (tenant_id, id, connection, email, username, password_hash, created_at, updated_at)
                VALUES (:tenant, :id, :connection, :email, :username, :hash, now(), now())
                """)
                .param("tenant", tenant.id().value())
                .param("id", "auth0|" + id)
                .param("connection", Connections.DEFAULT)
                .param("email", email)
                .param("username", username)
                .param("hash", new Argon2PasswordEncoder(16, 32, 1, 4096, 1).encode("old password"))
                .update();
    }

    private void runTask() {
        tenant.server().bean("missingLoginNames", RecurringTask.class).run();
    }
}
