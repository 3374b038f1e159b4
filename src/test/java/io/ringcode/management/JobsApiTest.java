package io.ringcode.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Answer;
import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.TotpApp;
import io.ringcode.authorization.GrantType;
import io.ringcode.client.Connections;
import io.ringcode.job.Job;
import io.ringcode.job.Jobs;
import io.ringcode.server.Eventually;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class JobsApiTest {
    private static final String SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Admin admin = Admin.of(tenant);
    private final String connection = admin.get("/connections?name=" + Connections.DEFAULT)
            .body()
            .get(0)
            .path("id")
            .asString();

    @Test
    void imported_users_sign_in_with_their_old_password_and_their_old_second_factor() throws Exception {
        var number = TestTenant.newNumber();
        var hash = new BCryptPasswordEncoder(4).encode("old password");
        var job = imported(
                "[{'user_id':'legacy-1','email':'ann@example.com','email_verified':true,'given_name':'Ann',"
                        + "'password_hash':'" + hash + "','app_metadata':{'plan':'gold'},"
                        + "'mfa_factors':[{'phone':{'value':'" + number + "'}},{'totp':{'secret':'" + SEED + "'}},"
                        + "{'recovery_code':{'value':'ABCD EFGH IJKL MNOP'}}]}]",
                false);
        assertThat(job.body().path("summary").toString())
                .contains("\"inserted\":1", "\"failed\":0", "\"updated\":0", "\"total\":1");
        assertThat(job.body().path("percentage_done").asInt()).isEqualTo(100);
        var login = tenant.token("password", "username", "ann@example.com", "password", "old password");
        assertThat(login.text("error")).isEqualTo("mfa_required");
        assertThat(hash("ann@example.com")).as("after the first sign-in").startsWith("$argon2id$");
        assertThat(tenant.token("password", "username", "ann@example.com", "password", "old password")
                        .text("error"))
                .isEqualTo("mfa_required");
        assertThat(tenant.token("password", "username", "ann@example.com", "password", "wrong")
                        .status())
                .isEqualTo(403);
        var code = new TotpApp(SEED).code(tenant.server().clock().instant());
        assertThat(tenant.token(GrantType.MFA_OTP.wire(), "mfa_token", login.text("mfa_token"), "otp", code)
                        .status())
                .isEqualTo(200);
        var started = tenant.challenge(login.text("mfa_token"));
        assertThat(tenant.verify(login.text("mfa_token"), started.text("oob_code"), tenant.code(number))
                        .status())
                .isEqualTo(200);
        assertThat(tenant.token(
                                GrantType.MFA_RECOVERY_CODE.wire(),
                                "mfa_token",
                                login.text("mfa_token"),
                                "recovery_code",
                                "abcdefghijklmnop")
                        .status())
                .isEqualTo(200);
        assertThat(admin.get("/users/auth0|legacy-1").text("given_name")).isEqualTo("Ann");
    }

    @Test
    void every_refused_row_is_told_with_all_its_reasons_and_the_others_go_in() throws Exception {
        var job = imported(
                "[{'email':'one@example.com'},{'email':'no address','password_hash':'md5'},{'email':'ONE@example.com'},"
                        + "{'name':'nobody'},{'email':'two@example.com','shoe_size':44},"
                        + "{'email':'three@example.com','mfa_factors':[{'phone':{'value':'12'}},{'pigeon':{}}]},"
                        + "{'email':'four@example.com','custom_password_hash':{'algorithm':'md5','hash':{'value':'x'}}},"
                        + "{'email':'five@example.com','user_metadata':{'a':'\\u0000'}},{'email':'six@example.com'}]",
                false);
        assertThat(job.body().path("summary").toString()).contains("\"inserted\":3", "\"failed\":6", "\"total\":9");
        var errors = admin.get("/jobs/" + job.text("id") + "/errors").body();
        assertThat(errors.size()).isEqualTo(7);
        assertThat(errors.get(0).path("user").path("email").asString()).isEqualTo("no address");
        assertThat(errors.get(0).path("errors").size()).isEqualTo(2);
        assertThat(errors.get(1).toString()).contains("DUPLICATED_USER");
        assertThat(errors.get(4).toString()).contains("mfa_factors[0].phone.value", "mfa_factors[1]");
        assertThat(errors.get(4).toString()).contains("MFA_FACTORS_FAILED");
        assertThat(admin.get("/users").body().size()).isEqualTo(3);
    }

    /** Made by Python's hashlib of the password "old password" in UTF-8. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'algorithm':'pbkdf2','hash':{'value':'$pbkdf2-sha512$i=1000,l=64$c2FsdHNhbHRzYWx0$FOZSg92g8R01xarq7hQbKwTuBy/hDEWFew2cJ9hDXKb6xvTOnr9S1ptHGlSPPyBMARmZM82zvDd43RK7pErO9w','encoding':'utf8'}}",
                "{'algorithm':'pbkdf2','hash':{'value':'$pbkdf2-sha256$i=1000,l=32$c2FsdHNhbHRzYWx0$0na1GJvktccu1QysEuOykGJvSTvpOa7zNYtP00zqJQg'}}",
                "{'algorithm':'scrypt','hash':{'value':'4b4bd0435bf0c49ca01e3a8d7a22f74c7d49879b81d4e184d46ca91f6883dc2940900cead3fa1cad4a66037a15a35ad6d14e8ad110caa9e3af9e2fde601e017f','encoding':'hex'},'salt':{'value':'c2FsdHNhbHRzYWx0','encoding':'base64'},'keylen':64,'cost':1024,'blockSize':8,'parallelization':2}",
                "{'algorithm':'sha256','hash':{'value':'1e7ad9792424c4f36ac6812c112a27823ad6ccda6afccf87c741ccaed4721233','encoding':'hex'},'salt':{'value':'saltsaltsalt','position':'prefix'}}",
                "{'algorithm':'sha512','hash':{'value':'iauXlZ5tZcz7H0MihR2g7XB9zouTedAlF+DpKUjHuesLWGHvNpx4aqjY2MDg0SHjxEgeCMCLflkKCS+8jHCnwA==','encoding':'base64'},'salt':{'value':'73616c7473616c7473616c74','encoding':'hex','position':'suffix'}}",
                "{'algorithm':'sha1','hash':{'value':'89e338106a1ae90c3b004b1bac0ea67abc22aab4','encoding':'hex'},'password':{'encoding':'utf8'}}"
            })
    void hashes_of_other_systems_let_in_with_the_password_alone(String hash) throws Exception {
        var job = imported("[{'email':'ann@example.com','custom_password_hash':" + hash + "}]", false);
        assertThat(job.body().path("summary").toString()).contains("\"inserted\":1");
        assertThat(tenant.token("password", "username", "ann@example.com", "password", "old passwore")
                        .text("error"))
                .isEqualTo("invalid_grant");
        assertThat(tenant.token("password", "username", "ann@example.com", "password", "old password")
                        .text("error"))
                .isEqualTo("mfa_required");
        assertThat(hash("ann@example.com")).as("after the first sign-in").startsWith("$argon2id$");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'algorithm':'bcrypt','hash':{'value':'$2b$04$x'},'password':{'encoding':'utf16le'}}",
                "{'algorithm':'sha256','hash':{'value':'zz','encoding':'hex'}}",
                "{'algorithm':'sha256','hash':{'value':'AAAA','encoding':'hex'},'sault':{'value':'x'}}",
                "{'algorithm':'scrypt','hash':{'value':'00112233445566778899aabbccddeeff'},'salt':{'value':'s'},'cost':8388608}",
                "{'algorithm':'pbkdf2','hash':{'value':'$pbkdf2-sha256$i=9000000,l=32$c2FsdHNhbHQ$c2FsdHNhbHRzYWx0c2FsdHNhbHQ'}}",
            })
    void what_would_not_be_followed_or_costs_too_much_is_refused(String hash) throws Exception {
        var job = imported("[{'email':'ann@example.com','custom_password_hash':" + hash + "}]", false);
        assertThat(job.body().path("summary").toString()).contains("\"failed\":1");
    }

    @Test
    void a_user_comes_without_the_factors_that_cannot_be_taken_over() throws Exception {
        var job = imported(
                "[{'email':'ann@example.com','mfa_factors':[{'totp':{'secret':'SHORT'}},{'email':{'value':'a'}},"
                        + "{'phone':{'value':'+14155550177'},'totp':{'secret':'" + SEED + "'}},"
                        + "{'totp':{'secret':'" + SEED + "','digits':8}},"
                        + "{'recovery_code':{'value':'ABCDEFGHIJKLMNOP'}}]}]",
                false);
        assertThat(job.body().path("summary").toString()).contains("\"inserted\":1", "\"failed\":0");
        var errors = admin.get("/jobs/" + job.text("id") + "/errors").body();
        assertThat(errors.size()).isOne();
        assertThat(errors.get(0).path("errors").size()).isEqualTo(4);
        assertThat(errors.get(0).toString())
                .contains("MFA_FACTORS_FAILED", "mfa_factors[0].totp.secret", "mfa_factors[3].totp.digits");
    }

    @Test
    void an_administrator_is_not_changed_by_an_import() throws Exception {
        imported("[{'user_id':'boss','email':'boss@example.com','name':'Boss'}]", false);
        tenant.server()
                .bean(JdbcClient.class)
                .sql("INSERT INTO administrator (tenant_id, user_id, scopes, created_at)"
                        + " VALUES (:tenant, 'auth0|boss', '{read:users}', now())")
                .param("tenant", tenant.id().value())
                .update();
        var job = imported(
                "[{'user_id':'boss','email':'thief@example.com','mfa_factors':[{'totp':{'secret':'" + SEED + "'}}]}]",
                true);
        assertThat(job.body().path("summary").toString()).contains("\"updated\":0", "\"failed\":1");
        assertThat(admin.get("/users/auth0|boss").text("email")).isEqualTo("boss@example.com");
        assertThat(admin.get("/users/auth0|boss/authentication-methods").body().size())
                .isZero();
    }

    @Test
    void doing_it_again_changes_nothing_and_upsert_changes_what_differs() throws Exception {
        var number = TestTenant.newNumber();
        var users = "[{'user_id':'a','email':'a@example.com','name':'A','user_metadata':{'x':1},"
                + "'mfa_factors':[{'phone':{'value':'" + number + "'}},{'totp':{'secret':'" + SEED + "'}},"
                + "{'recovery_code':{'value':'ABCDEFGHIJKLMNOP'}}]},{'email':'b@example.com'}]";
        imported(users, false);
        var again = imported(users, false);
        assertThat(again.body().path("summary").toString()).contains("\"inserted\":0", "\"failed\":2");
        var methods = admin.get("/users/auth0|a/authentication-methods").body();
        var upsert = imported(users.replace("'name':'A'", "'name':'Anna'"), true);
        assertThat(upsert.body().path("summary").toString()).contains("\"updated\":2", "\"failed\":0");
        assertThat(admin.get("/users/auth0|a").text("name")).isEqualTo("Anna");
        assertThat(admin.get("/users/auth0|a/authentication-methods").body()).isEqualTo(methods);
        assertThat(methods.size()).isEqualTo(3);
        var stolen = imported("[{'user_id':'a','email':'b@example.com'}]", true);
        assertThat(admin.get("/jobs/" + stolen.text("id") + "/errors").body().toString())
                .contains("CONFLICT");
    }

    @Test
    void many_parts_are_done_and_none_of_them_is_left() throws Exception {
        var users = new StringBuilder("[");
        for (int i = 0; i < 1203; i++)
            users.append(i == 0 ? "" : ",").append("{'email':'many-").append(i).append("@example.com'}");
        var job = imported(users.append(']').toString(), false);
        assertThat(job.body().path("summary").path("inserted").asInt()).isEqualTo(1203);
        assertThat(admin.get("/jobs/" + job.text("id") + "/errors").status()).isEqualTo(204);
        assertThat(count("job_part")).isZero();

        var csv =
                exported("{'format':'csv','fields':[{'name':'email','export_as':'mail'},{'name':'user_metadata.x'}]}");
        assertThat(csv.lines().count()).isEqualTo(1204);
        assertThat(csv).startsWith("\"mail\",\"user_metadata.x\"\r\n\"many-");
        var json = exported("{'connection_id':'" + connection + "','limit':700}");
        assertThat(json.lines().count()).isEqualTo(700);
        assertThat(json).startsWith("{\"user_id\":\"auth0|").doesNotContain("password");
    }

    @Test
    void a_job_whose_server_died_is_taken_up_by_the_next_when_its_lease_has_ended() throws Exception {
        var server = tenant.server();
        var jobs = server.bean(Jobs.class);
        var upload = jobs.upload(tenant.id());
        upload.read(new ByteArrayInputStream("[{\"email\":\"left@example.com\"}]".getBytes(StandardCharsets.UTF_8)));
        var job = new TransactionTemplate(server.bean(PlatformTransactionManager.class)).execute(_ -> {
            var begun = jobs.begin(tenant.id(), upload, Connections.DEFAULT, Job.Options.ofImport(false, null));
            server.bean(JdbcClient.class)
                    .sql("UPDATE job SET status = 'processing', held_until = :held WHERE tenant_id = :tenant")
                    .param("tenant", tenant.id().value())
                    .param("held", server.clock().instant().plusSeconds(60).atOffset(ZoneOffset.UTC))
                    .update();
            return begun.id();
        });
        jobs.wake();
        var other = imported("[{'email':'other@example.com'}]", false);
        assertThat(other.text("status")).isEqualTo("completed");
        assertThat(admin.get("/jobs/" + job).text("status")).isEqualTo("processing");
        server.clock().advance(Duration.ofSeconds(61));
        jobs.wake();
        assertThat(ended(job).body().path("summary").path("inserted").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[1]",
                "[{'a':1}",
                "no json",
                "",
                "[{'email':'a@example.com'}] x",
                "[{'email':'a@example.com'}][]"
            })
    void files_that_are_none_are_refused_and_leave_nothing(String file) {
        var answer = upload(file, "connection_id", connection);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("message")).contains("on property users").doesNotContain("-1");
        assertThat(count("job")).isZero();
    }

    @Test
    void forms_that_lack_something_are_refused() {
        assertThat(upload("[]").text("message")).contains("connection_id");
        assertThat(upload("[]", "connection_id", "con_nobodys").text("errorCode"))
                .isEqualTo("inexistent_connection");
        assertThat(upload("[]", "connection_id", connection, "upsert", "perhaps")
                        .status())
                .isEqualTo(400);
        assertThat(upload("[]", "connection_id", connection, "colour", "red").status())
                .isEqualTo(400);
        assertThat(admin.post("/jobs/users-imports", "{}").status()).isEqualTo(415);
        assertThat(admin.get("/jobs/job_nobodys").status()).isEqualTo(404);
        assertThat(admin.post("/jobs/users-exports", "{'format':'xml'}").status())
                .isEqualTo(400);
        assertThat(count("job")).isZero();
        assertThat(tenant.get("/exports/forged", null).status()).isEqualTo(404);
    }

    private Answer imported(String users, boolean upsert) throws Exception {
        var begun =
                upload(users, "connection_id", connection, "upsert", Boolean.toString(upsert), "external_id", "mine");
        assertThat(begun.status()).isEqualTo(202);
        assertThat(begun.text("external_id")).isEqualTo("mine");
        return ended(begun.text("id"));
    }

    private String exported(String body) throws Exception {
        var begun = admin.post("/jobs/users-exports", body);
        assertThat(begun.status()).isEqualTo(201);
        var location = ended(begun.text("id")).text("location");
        var path = location.substring(tenant.issuer().length() - 1);
        var request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + tenant.server().port() + path))
                .header("Host", tenant.host())
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var file = http.send(request, BodyHandlers.ofByteArray()).body();
            return new String(
                    new GZIPInputStream(new ByteArrayInputStream(file)).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Answer ended(String job) throws Exception {
        var seen = new Answer[1];
        Eventually.holds("the job's end", () -> {
            seen[0] = admin.get("/jobs/" + job);
            return seen[0].text("status").equals("completed");
        });
        return seen[0];
    }

    private Answer upload(String users, String... fields) {
        var form = new StringBuilder("--line\r\nContent-Disposition: form-data; name=\"users\"; filename=\"u.json\"\r\n"
                + "Content-Type: application/json\r\n\r\n" + users.replace('\'', '"') + "\r\n");
        for (int i = 0; i < fields.length; i += 2)
            form.append("--line\r\nContent-Disposition: form-data; name=\"")
                    .append(fields[i])
                    .append("\"\r\n\r\n")
                    .append(fields[i + 1])
                    .append("\r\n");
        return tenant.send(tenant.request("/api/v2/jobs/users-imports", admin.token())
                .header("Content-Type", "multipart/form-data; boundary=line")
                .POST(BodyPublishers.ofString(form.append("--line--\r\n").toString())));
    }

    private String hash(String email) {
        return tenant.server()
                .bean(JdbcClient.class)
                .sql("SELECT password_hash FROM app_user WHERE tenant_id = :tenant AND email = :email")
                .params(Map.of("tenant", tenant.id().value(), "email", email))
                .query(String.class)
                .single();
    }

    private int count(String table) {
        return tenant.server()
                .bean(JdbcClient.class)
                .sql("SELECT count(*) FROM " + table + " WHERE tenant_id = :tenant")
                .param("tenant", tenant.id().value())
                .query(Integer.class)
                .single();
    }
}
