package io.ringcode.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hooks as Auth0's SDKs and deploy tool write and read them. */
class HooksApiTest {
    private static final String GOOD = "module.exports = function (recipient, text, context, cb) { cb(null, {}); };";
    private final Ringcode server = Ringcode.shared();
    private final TestTenant tenant = server.tenant();
    private final ScriptCalls admin = ScriptCalls.of(
            tenant, "create:hooks", "read:hooks", "update:hooks", "delete:hooks", "update:guardian_factors");

    private String create(String name, String script) {
        var made = admin.call(
                "POST",
                "/hooks",
                "{'name':'%s','script':'%s','triggerId':'send-phone-message','enabled':true,'dependencies':{}}"
                        .formatted(name, script));
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        return made.text("id");
    }

    @Test
    void a_hook_is_made_read_changed_listed_and_deleted() {
        var id = create("test-hook", GOOD);
        assertThat(id).matches("01[0-9A-Z]{24}");
        var hook = admin.get("/hooks/" + id);
        assertThat(hook.body().toString())
                .isEqualTo("{\"id\":\"" + id + "\",\"triggerId\":\"send-phone-message\",\"name\":\"test-hook\","
                        + "\"enabled\":true,\"script\":\"" + GOOD + "\",\"dependencies\":{}}");
        assertThat(admin.get("/hooks/" + id + "?fields=id,name").body().toString())
                .isEqualTo("{\"id\":\"" + id + "\",\"name\":\"test-hook\"}");
        var renamed = admin.call("PATCH", "/hooks/" + id, "{'name':'other name','enabled':false}");
        assertThat(renamed.status()).isEqualTo(200);
        assertThat(renamed.text("name")).isEqualTo("other name");
        assertThat(renamed.body().path("enabled").asBoolean()).isFalse();
        assertThat(admin.get("/hooks").body().isArray()).isTrue();
        var listed = admin.get("/hooks?page=0&per_page=50&include_totals=true&triggerId=send-phone-message");
        assertThat(listed.body().at("/hooks/0/id").asString()).isEqualTo(id);
        assertThat(listed.body().path("total").asInt()).isOne();
        assertThat(admin.get("/hooks?enabled=true").body().size()).isZero();
        assertThat(admin.get("/hooks?page=1&per_page=50&include_totals=true")
                        .body()
                        .path("hooks")
                        .size())
                .isZero();
        assertThat(admin.call("DELETE", "/hooks/" + id, null).status()).isEqualTo(204);
        var gone = admin.get("/hooks/" + id);
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.text("errorCode")).isEqualTo("HookDoesNotExist");
        assertThat(gone.text("message")).isEqualTo("Error: Hook does not exist");
    }

    @Test
    void one_hook_answers_at_a_time_and_names_are_unique() {
        var first = create("first", GOOD);
        var second = create("second", GOOD);
        assertThat(admin.get("/hooks/" + first).body().path("enabled").asBoolean())
                .isFalse();
        admin.call("PATCH", "/hooks/" + first, "{'enabled':true}");
        assertThat(admin.get("/hooks/" + second).body().path("enabled").asBoolean())
                .isFalse();
        assertThat(admin.call("PATCH", "/hooks/" + second, "{'name':'first'}").status())
                .isEqualTo(409);
        var taken = "{'name':'first','script':'%s','triggerId':'send-phone-message'}".formatted(GOOD);
        assertThat(admin.call("POST", "/hooks", taken).status()).isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | name",
                "{'name':'a b','script':'x'} | triggerId",
                "{'name':'-a','script':'x','triggerId':'send-phone-message'} | name",
                "{'name':'a','script':1,'triggerId':'send-phone-message'} | script",
                "{'name':'a','script':'','triggerId':'send-phone-message'} | script",
                "{'name':'a','script':'x','triggerId':'credentials-exchange'} | triggerId",
                "{'name':'a','script':'x','triggerId':'send-phone-message','enabled':'yes'} | enabled",
                "{'name':'a','script':'x','triggerId':'send-phone-message','dependencies':[]} | dependencies",
                "{'name':'a','script':'x','triggerId':'send-phone-message','dependencies':{'a':1}} | dependencies",
                "{'name':'a','script':'x','triggerId':'send-phone-message','dependencies':{'../a':'1'}} | dependencies",
                "{'name':'a','script':'x','triggerId':'send-phone-message','dependencies':{'a':'file:/etc'}} | dependencies",
                "{'name':'a','script':'x','triggerId':'send-phone-message','dependencies':{'a':'git+ssh://h/r'}} | dependencies",
                "{'name':'a','script':'x','triggerId':'send-phone-message','dependencies':{'a':'o/r'}} | dependencies",
                "{'name':'a','script':'let = = ;','triggerId':'send-phone-message'} | script",
                "{'name':'a','script':'x','triggerId':'send-phone-message','more':1} | more",
            })
    void what_does_not_fit_is_refused_with_its_property(String body, String property) {
        var refused = admin.call("POST", "/hooks", body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("errorCode")).isEqualTo("invalid_body");
        assertThat(refused.text("message")).contains("property " + property);
        assertThat(admin.get("/hooks").body().size()).isZero();
    }

    @Test
    void a_syntax_error_is_told_with_its_line_and_changes_nothing() {
        var id = create("hook", GOOD);
        var refused = admin.call("PATCH", "/hooks/" + id, "{'script':'let a;\\nlet b = ;'}");
        assertThat(refused.text("message"))
                .isEqualTo("Payload validation error: 'The script does not compile: Unexpected token ';', line 2.'"
                        + " on property script.");
        assertThat(admin.get("/hooks/" + id).text("script")).isEqualTo(GOOD);
        var long_ = admin.call("PATCH", "/hooks/" + id, "{'script':'" + "x".repeat(100_001) + "'}");
        assertThat(long_.status()).isEqualTo(400);
        assertThat(admin.call("PATCH", "/hooks/" + id, "{'script':'//" + "x".repeat(99_990) + "'}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void secrets_go_in_and_never_come_out() {
        var id = create("hook", GOOD);
        var path = "/hooks/" + id + "/secrets";
        assertThat(admin.get(path).body().toString()).isEqualTo("{}");
        assertThat(admin.call("POST", path, "{'API_KEY':'one-secret','OTHER':'two-secret'}")
                        .status())
                .isEqualTo(201);
        assertThat(admin.get(path).body().toString())
                .isEqualTo("{\"API_KEY\":\"_VALUE_NOT_SHOWN_\",\"OTHER\":\"_VALUE_NOT_SHOWN_\"}");
        assertThat(admin.call("POST", path, "{'API_KEY':'again'}").status()).isEqualTo(409);
        assertThat(admin.call("PATCH", path, "{'API_KEY':'new-secret'}").status())
                .isEqualTo(201);
        assertThat(admin.call("DELETE", path, "['OTHER']").status()).isEqualTo(204);
        assertThat(admin.get(path).body().size()).isOne();
        for (var bad : new String[] {"[]", "{'a b':'x'}", "{'A':1}", "{'A':null}"})
            assertThat(admin.call("PATCH", path, bad).status()).isEqualTo(400);
        var many = new StringBuilder("{'K0':'v'");
        for (int i = 1; i < 20; i++) many.append(",'K").append(i).append("':'v'");
        assertThat(admin.call("PATCH", path, many + "}").status())
                .as("the 21st")
                .isEqualTo(400);
        assertThat(admin.get("/hooks/01UNKNOWN/secrets").status()).isEqualTo(404);
    }

    @Test
    void a_trial_runs_with_a_sample_and_the_secrets_and_is_kept() {
        var id = create("hook", """
                module.exports = (recipient, text, context, cb) => {\
                 console.log(recipient, text, context.code, context.client.name, context.webtask.secrets.KEY, context.extra);\
                 cb(context.fail ? new Error(`as asked`) : null); };""");
        admin.call("POST", "/hooks/" + id + "/secrets", "{'KEY':'very-secret'}");
        var ran = admin.call(
                "POST", "/hooks/" + id + "/try", "{'recipient':'1-808-555-5555','context':{'extra':'more'}}");
        assertThat(ran.status()).isEqualTo(200);
        assertThat(ran.text("result")).isEqualTo("sent");
        assertThat(ran.body().at("/log/0").asString())
                .isEqualTo("••• Your verification code is: ••• ••• Test application ••• more");
        var failed =
                admin.call("POST", "/hooks/" + id + "/try", "{'recipient':'+18085555555','context':{'fail':true}}");
        assertThat(failed.text("error")).startsWith("as asked");
        var kept = admin.get("/hooks/" + id + "/executions?per_page=1").body();
        assertThat(kept.path("total").asInt()).isEqualTo(2);
        assertThat(kept.path("executions").size()).isOne();
        assertThat(admin.call("POST", "/hooks/" + id + "/try", "{'recipient':'+1','context':[]}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void earlier_versions_are_kept_and_run_again() {
        var id = create("hook", "module.exports = (r, t, c, cb) => cb(`one`);");
        admin.call("PATCH", "/hooks/" + id, "{'script':'module.exports = (r, t, c, cb) => cb(`two`);'}");
        admin.call("PATCH", "/hooks/" + id, "{'name':'no new version'}");
        var versions = admin.get("/hooks/" + id + "/versions").body().path("versions");
        assertThat(versions.size()).isEqualTo(2);
        assertThat(versions.at("/0/deployed").asBoolean()).isTrue();
        assertThat(trial(id)).isEqualTo("two");
        var back = admin.call("POST", "/hooks/" + id + "/versions/1/deploy", null);
        assertThat(back.text("script")).contains("`one`");
        assertThat(trial(id)).isEqualTo("one");
        assertThat(admin.call("POST", "/hooks/" + id + "/versions/7/deploy", null)
                        .status())
                .isEqualTo(404);
        assertThat(admin.call("POST", "/hooks/" + id + "/versions/x/deploy", null)
                        .status())
                .isEqualTo(404);
        admin.call("PATCH", "/hooks/" + id, "{'script':'module.exports = (r, t, c, cb) => cb(`three`);'}");
        assertThat(trial(id)).isEqualTo("three");
        assertThat(admin.get("/hooks/" + id + "/versions")
                        .body()
                        .at("/versions/0/number")
                        .asInt())
                .isEqualTo(3);
    }

    private String trial(String id) {
        return admin.call("POST", "/hooks/" + id + "/try", "{'recipient':'+18085555555'}")
                .text("error");
    }

    @Test
    void another_tenants_hook_is_nobodys() {
        var id = create("hook", GOOD);
        var other = ScriptCalls.of(server.tenant(), "read:hooks", "update:hooks", "delete:hooks");
        for (var path : Map.of("/hooks/" + id, "GET", "/hooks/" + id + "/secrets", "GET")
                .entrySet())
            assertThat(other.call(path.getValue(), path.getKey(), null).status())
                    .isEqualTo(404);
        assertThat(other.call("PATCH", "/hooks/" + id, "{'enabled':false}").status())
                .isEqualTo(404);
        assertThat(other.call("DELETE", "/hooks/" + id, null).status()).isEqualTo(404);
        assertThat(other.call("POST", "/hooks/" + id + "/try", "{'recipient':'+1'}")
                        .status())
                .isEqualTo(404);
        assertThat(other.call("POST", "/hooks", "{}").text("message"))
                .isEqualTo("Insufficient scope, expected any of: create:hooks");
    }
}
