package io.ringcode.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Actions and their triggers, in the order of calls in which the deploy tool makes them. */
class ActionsApiTest {
    private static final String TRIGGERS = "'supported_triggers':[{'id':'send-phone-message','version':'v2'}]";
    private static final String CODE = "exports.onExecuteSendPhoneMessage = async (event, api) => { %s };";

    private final TestTenant tenant = Ringcode.shared().tenant();
    private final ScriptCalls admin =
            ScriptCalls.of(tenant, "create:actions", "read:actions", "update:actions", "delete:actions");

    private String create(String name, String statement) {
        var made = admin.call(
                "POST",
                "/actions/actions",
                "{'name':'%s',%s,'code':'%s','runtime':'node22','secrets':[{'name':'KEY','value':'very-secret'}]}"
                        .formatted(name, TRIGGERS, CODE.formatted(statement)));
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        return made.text("id");
    }

    @Test
    void an_action_is_made_deployed_bound_and_deleted() {
        assertThat(admin.get("/actions/modules?page=0&per_page=100").body().toString())
                .isEqualTo("{\"modules\":[],\"total\":0,\"page\":0,\"per_page\":100}");
        assertThat(admin.get("/actions/actions?page=0&per_page=100").body().toString())
                .isEqualTo("{\"actions\":[],\"total\":0,\"page\":0,\"per_page\":100}");
        var id = create("Send it", "throw new Error(`one`);");
        var action = admin.get("/actions/actions/" + id).body();
        assertThat(action.path("status").asString()).isEqualTo("built");
        assertThat(action.path("all_changes_deployed").asBoolean()).isFalse();
        assertThat(action.has("deployed_version")).isFalse();
        assertThat(action.toString()).contains("\"KEY\"").doesNotContain("very-secret");

        var deployed = admin.call("POST", "/actions/actions/" + id + "/deploy", null);
        assertThat(deployed.status()).isEqualTo(202);
        assertThat(deployed.body().path("deployed").asBoolean()).isTrue();
        assertThat(deployed.body().path("number").asInt()).isOne();

        var bound = admin.call(
                "PATCH",
                "/actions/triggers/send-phone-message/bindings",
                "{'bindings':[{'ref':{'type':'action_name','value':'Send it'},'display_name':'Send it'}]}");
        assertThat(bound.status()).isEqualTo(200);
        assertThat(bound.body().at("/bindings/0/action/id").asString()).isEqualTo(id);
        var listed = admin.get("/actions/triggers/send-phone-message/bindings?page=0&per_page=50");
        assertThat(listed.body().path("total").asInt()).isOne();

        var refused = admin.call("DELETE", "/actions/actions/" + id, null);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(admin.call("DELETE", "/actions/actions/" + id + "?force=true", null)
                        .status())
                .isEqualTo(204);
        assertThat(admin.get("/actions/triggers/send-phone-message/bindings")
                        .body()
                        .path("total")
                        .asInt())
                .isZero();
        var gone = admin.get("/actions/actions/" + id);
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.text("message")).isEqualTo("That action does not exist.");
    }

    @Test
    void what_is_saved_runs_when_it_is_deployed_and_earlier_versions_can_run_again() {
        var id = create("versions", "throw new Error(`one`);");
        admin.call("POST", "/actions/actions/" + id + "/deploy", null);
        var code = CODE.formatted("throw new Error(`two ${event.secrets.KEY}`);");
        var changed = admin.call("PATCH", "/actions/actions/" + id, "{'code':'" + code + "'}");
        assertThat(changed.body().path("all_changes_deployed").asBoolean()).isFalse();
        assertThat(changed.body().at("/deployed_version/number").asInt()).isOne();
        assertThat(changed.body().at("/secrets/0/name").asString()).isEqualTo("KEY");
        admin.call("POST", "/actions/actions/" + id + "/deploy", null);
        var versions = admin.get("/actions/actions/" + id + "/versions").body();
        assertThat(versions.path("total").asInt()).isEqualTo(2);
        var first = versions.at("/versions/1/id").asString();
        assertThat(admin.get("/actions/actions/" + id + "/versions/" + first).text("code"))
                .contains("`one`");
        var back = admin.call("POST", "/actions/actions/" + id + "/versions/" + first + "/deploy", null);
        assertThat(back.status()).isEqualTo(202);
        assertThat(back.body().path("number").asInt()).isOne();
        assertThat(admin.get("/actions/actions/" + id)
                        .body()
                        .at("/deployed_version/number")
                        .asInt())
                .isOne();
        assertThat(admin.call("POST", "/actions/actions/" + id + "/versions/nonsense/deploy", null)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void a_test_run_gets_the_event_and_its_log_is_kept_masked() {
        var id = create(
                "test", "console.log(event.message_options.recipient, event.secrets.KEY); throw new Error(`no`);");
        var ran = admin.call(
                "POST",
                "/actions/actions/" + id + "/test",
                "{'payload':{'message_options':{'recipient':'+14155550123','code':'123456'}}}");
        assertThat(ran.status()).isEqualTo(200);
        assertThat(ran.body().at("/payload/error").asString()).startsWith("no");
        assertThat(ran.body().at("/payload/log/0").asString()).isEqualTo("••• •••");
        var execution =
                admin.get("/actions/executions/" + ran.body().at("/payload/id").asString());
        assertThat(execution.text("trigger_id")).isEqualTo("send-phone-message");
        assertThat(execution.text("status")).isEqualTo("final");
        assertThat(execution.body().at("/results/0/action_name").asString()).isEqualTo("test");
        assertThat(execution.body().at("/results/0/response/logs/0").asString()).isEqualTo("••• •••");
        assertThat(admin.get("/actions/executions/nonsense").status()).isEqualTo(404);
        assertThat(admin.get("/actions/actions/" + id + "/executions")
                        .body()
                        .path("total")
                        .asInt())
                .isOne();
    }

    @Test
    void secrets_without_a_value_stay_and_those_left_out_go() {
        var id = create("secrets", "");
        var kept = admin.call(
                "PATCH", "/actions/actions/" + id, "{'secrets':[{'name':'KEY'},{'name':'MORE','value':'x'}]}");
        assertThat(kept.body().path("secrets").size()).isEqualTo(2);
        assertThat(admin.call("PATCH", "/actions/actions/" + id, "{'secrets':[]}")
                        .body()
                        .path("secrets")
                        .size())
                .isZero();
    }

    @Test
    void actions_on_sign_ins_are_bound_in_order_and_tried_with_an_event() {
        for (var name : new String[] {"one", "two"}) {
            var made = admin.call(
                    "POST",
                    "/actions/actions",
                    ("{'name':'%s','supported_triggers':[{'id':'post-login','version':'v3'}],'code':"
                                    + "'exports.onExecutePostLogin = async (event, api) => { console.log(event.user.name);"
                                    + " api.transaction.setMetadata(`a`, 1); };'}")
                            .formatted(name));
            assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
            admin.call("POST", "/actions/actions/" + made.text("id") + "/deploy", null);
        }
        var bound = admin.call(
                "PATCH",
                "/actions/triggers/post-login/bindings",
                "{'bindings':[{'ref':{'type':'action_name','value':'two'}},{'ref':{'type':'action_name','value':'one'}}]}");
        assertThat(bound.body()
                        .path("bindings")
                        .valueStream()
                        .map(one -> one.path("display_name").asString()))
                .containsExactly("two", "one");
        var id = bound.body().at("/bindings/0/action/id").asString();
        var ran = admin.call("POST", "/actions/actions/" + id + "/test", "{'payload':{'user':{'name':'Ann'}}}");
        assertThat(ran.body().at("/payload/log/0").asString()).isEqualTo("Ann");
        var execution =
                admin.get("/actions/executions/" + ran.body().at("/payload/id").asString());
        assertThat(execution.text("trigger_id")).isEqualTo("post-login");
    }

    @Test
    void the_triggers_are_those_of_phone_messages_sign_ins_and_numbers() {
        var triggers = admin.get("/actions/triggers").body().path("triggers");
        assertThat(triggers.valueStream()
                        .map(one -> one.path("id").asString() + " "
                                + one.path("version").asString() + " "
                                + one.path("status").asString()))
                .containsExactly(
                        "send-phone-message v2 CURRENT",
                        "send-phone-message v1 DEPRECATED",
                        "custom-phone-provider v1 CURRENT",
                        "post-login v3 CURRENT",
                        "post-login v2 DEPRECATED",
                        "post-login v1 DEPRECATED",
                        "pre-bind-number v1 CURRENT",
                        "pre-send v1 CURRENT");
        assertThat(triggers.get(0).toString())
                .isEqualTo("{\"id\":\"send-phone-message\",\"version\":\"v2\",\"status\":\"CURRENT\","
                        + "\"runtimes\":[\"node18-actions\",\"node22\"],\"default_runtime\":\"node22\","
                        + "\"binding_policy\":\"trigger-bound\","
                        + "\"compatible_triggers\":[{\"id\":\"send-phone-message\",\"version\":\"v1\"}]}");
        assertThat(admin.get("/actions/triggers/pre-user-registration/bindings").status())
                .isEqualTo(404);
        for (var bad : new String[] {
            "{'bindings':[{'ref':{'type':'action_name','value':'nobody'}}]}",
            "{'bindings':[{'ref':{'type':'pigeon','value':'x'}}]}",
            "{'bindings':{}}",
            "{}"
        })
            assertThat(admin.call("PATCH", "/actions/triggers/custom-phone-provider/bindings", bad)
                            .status())
                    .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'name':'a'}",
                "{'name':'a','supported_triggers':[]}",
                "{'name':'a','supported_triggers':[{'id':'pre-user-registration','version':'v2'}]}",
                "{'name':'a','supported_triggers':[{'id':'send-phone-message','version':'v9'}]}",
                "{'name':'a','supported_triggers':[{'id':'send-phone-message'}],'runtime':'node99'}",
                "{'name':'a','supported_triggers':[{'id':'send-phone-message'}],'code':'let = ;'}",
                "{'name':'a','supported_triggers':[{'id':'send-phone-message'}],'dependencies':[{'name':'x'}]}",
                "{'name':'a','supported_triggers':[{'id':'send-phone-message'}],'secrets':[{'name':'a b','value':'x'}]}",
                "{'name':'a','supported_triggers':[{'id':'send-phone-message'}],'more':1}",
                "{'name':1,'supported_triggers':[{'id':'send-phone-message'}]}",
            })
    void what_does_not_fit_is_refused(String body) {
        var refused = admin.call("POST", "/actions/actions", body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("errorCode")).isEqualTo("invalid_body");
        assertThat(admin.get("/actions/actions").body().path("total").asInt()).isZero();
    }
}
