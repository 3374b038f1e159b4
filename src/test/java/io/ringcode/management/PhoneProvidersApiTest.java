package io.ringcode.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestDatabase;
import io.ringcode.TestTenant;
import io.ringcode.carrier.CarrierReply;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.delivery.TestClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class PhoneProvidersApiTest {
    private static final FakeCarrier CARRIER = new FakeCarrier();
    private static final Ringcode SERVER = Ringcode.on(TestDatabase.freshDatabase(), CARRIER, new TestClock());
    private static final String PROVIDERS = "/branding/phone/providers";
    private static final String GUARDIAN = "/guardian/factors/phone/providers/twilio";
    private static final String TWILIO =
            "{'name':'twilio','configuration':{'sid':'AC1','default_from':'+14155550100','delivery_methods':['text']},"
                    + "'credentials':{'auth_token':'secret-token'}}";

    private final TestTenant tenant = SERVER.tenant();
    private final Admin admin = Admin.of(tenant);

    @AfterAll
    static void stop() {
        SERVER.close();
        CARRIER.close();
    }

    private String id() {
        return admin.get(PROVIDERS).body().path("providers").path(0).path("id").asString();
    }

    @Test
    void both_resources_are_one_piece_of_data() {
        admin.put(GUARDIAN, "{'sid':'AC2','auth_token':'another-token','from':'+14155550199'}");
        var shown = admin.get(PROVIDERS).body().path("providers").path(0);
        assertThat(shown.path("id").asString()).startsWith("pro_");
        assertThat(shown.path("configuration").path("sid").asString()).isEqualTo("AC2");
        assertThat(shown.toString()).doesNotContain("another-token");
        var changed = admin.patch(
                PROVIDERS + "/" + id(),
                "{'configuration':{'sid':'AC3','mssid':'MG1','delivery_methods':['text','voice']}}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(admin.get(GUARDIAN).text("sid")).isEqualTo("AC3");
        assertThat(admin.get(GUARDIAN).body().path("from").isNull()).isTrue();
    }

    @Test
    void a_provider_is_created_read_and_deleted() {
        assertThat(admin.post(PROVIDERS, TWILIO).status()).isEqualTo(409);
        assertThat(admin.delete(PROVIDERS + "/" + id()).status()).isEqualTo(204);
        var created = admin.post(PROVIDERS, TWILIO);
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.text("channel")).isEqualTo("phone");
        assertThat(created.body().toString()).doesNotContain("secret-token");
        assertThat(admin.get(PROVIDERS + "/" + created.text("id")).body()).isEqualTo(created.body());
        assertThat(admin.get(PROVIDERS + "?disabled=true")
                        .body()
                        .path("providers")
                        .size())
                .isZero();
        assertThat(Admin.of(SERVER.tenant())
                        .get(PROVIDERS + "/" + created.text("id"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void what_cannot_work_is_refused() {
        admin.delete(PROVIDERS + "/" + id());
        assertThat(admin.post(PROVIDERS, TWILIO.replace("'default_from':'+14155550100',", ""))
                        .text("message"))
                .isEqualTo("Bad Operation on Notification Resource");
        for (var wrong : new String[] {
            TWILIO.replace("'text'", ""),
            TWILIO.replace("'text'", "'fax'"),
            TWILIO.replace("'sid':'AC1',", ""),
            TWILIO.replace("'auth_token'", "'password'"),
            TWILIO.replace("'twilio'", "'nobody'"),
            TWILIO.replace("'twilio'", "'custom'"),
        }) assertThat(admin.post(PROVIDERS, wrong).status()).as(wrong).isEqualTo(400);
    }

    @Test
    void a_custom_provider_is_a_deployed_action_and_sends_by_it() {
        var custom = "{'name':'custom','configuration':{'delivery_methods':['text']},'credentials':{}}";
        assertThat(admin.post(PROVIDERS, custom).text("errorCode"))
                .isEqualTo("custom_email_provider_deployed_action_not_found");
        var action = admin.post(
                "/actions/actions",
                "{'name':'mine','supported_triggers':[{'id':'custom-phone-provider','version':'v1'}],"
                        + "'code':'exports.onExecuteCustomPhoneProvider = async () => {};'}");
        assertThat(admin.post("/actions/actions/" + action.text("id") + "/deploy", "{}")
                        .status())
                .isIn(200, 202);
        admin.patch(
                "/actions/triggers/custom-phone-provider/bindings",
                "{'bindings':[{'ref':{'type':'action_id','value':'" + action.text("id") + "'}}]}");
        var made = admin.post(PROVIDERS, custom);
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text("name")).isEqualTo("custom");
        var one = PROVIDERS + "/" + made.text("id");
        assertThat(admin.patch(one, "{'disabled':true}").body().path("disabled").asBoolean())
                .isTrue();
        admin.patch(one, "{'disabled':false}");
        var tried = admin.post(one + "/try", "{'to':'+14155550177','delivery_method':'text'}");
        assertThat(tried.status()).as(tried.body().toString()).isEqualTo(202);
    }

    @Test
    void test_credentials_and_wrong_ones_are_refused_with_the_reason() {
        CARRIER.next(CarrierReply.twilioError(403, 20008));
        var test = admin.put(GUARDIAN, "{'auth_token':'a-test-token'}");
        assertThat(test.status()).isEqualTo(400);
        assertThat(test.text("message")).contains("test credentials").doesNotContain("a-test-token");
        CARRIER.next(CarrierReply.twilioError(401, 20003));
        var wrong = admin.patch(PROVIDERS + "/" + id(), "{'credentials':{'auth_token':'wrong'}}");
        assertThat(wrong.status()).isEqualTo(400);
        tenant.enrolled(TestTenant.newNumber());
        assertThat(CARRIER.requests().getLast().headers().get("authorization"))
                .as("the old token is in force")
                .isEqualTo(io.ringcode.delivery.http.CarrierHttp.basic(
                        "AC00000000000000000000000000000000", "the-token-of-twilio"));
    }

    @Test
    void a_carrier_that_cannot_be_reached_holds_nobody_up() {
        CARRIER.next(new CarrierReply.Noise());
        var saved = admin.put(GUARDIAN, "{'auth_token':'a-new-token'}");
        assertThat(saved.status()).isEqualTo(200);
        assertThat(saved.body().path("warnings").path(0).asString()).contains("could not be reached");
        assertThat(SERVER.bean(JdbcClient.class)
                        .sql("SELECT count(*) FROM log WHERE tenant_id = :t AND data->>'description' LIKE 'Warning: %'")
                        .param("t", tenant.id().value())
                        .query(Integer.class)
                        .single())
                .isOne();
    }

    private static final String INFOBIP =
            "{'name':'infobip','configuration':{'host':'ab12cd.api.infobip.com','default_from':'Ringcode',"
                    + "'delivery_methods':['text']},'credentials':{'api_key':'a-key'}}";

    @Test
    void every_carrier_is_asked_before_its_account_is_saved_or_changed() {
        CARRIER.next(CarrierReply.json(401, "{}"));
        var wrong = admin.post(PROVIDERS, INFOBIP);
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.text("errorCode")).isEqualTo("invalid_credentials");
        assertThat(wrong.text("message")).startsWith("Not saved: Infobip").doesNotContain("a-key");
        assertThat(admin.get(PROVIDERS).body().path("providers").size()).isOne();

        CARRIER.next(CarrierReply.json(503, "{}"));
        var unsure = admin.post(PROVIDERS, INFOBIP);
        assertThat(unsure.status()).isEqualTo(201);
        assertThat(unsure.body().path("warnings").path(0).asString()).contains("HTTP 503");

        var one = PROVIDERS + "/" + unsure.text("id");
        var before = CARRIER.count();
        assertThat(admin.patch(one, "{'disabled':true}").status()).isEqualTo(200);
        assertThat(CARRIER.count()).as("nothing that it could judge").isEqualTo(before);
        CARRIER.next(CarrierReply.json(403, "{}"));
        assertThat(admin.patch(one, "{'credentials':{'api_key':'another-key'}}").text("message"))
                .contains("sms:message:send");
        CARRIER.next(CarrierReply.json(401, "{}"));
        var moved = "{'configuration':{'host':'ef34gh.api.infobip.com','delivery_methods':['text']}}";
        assertThat(admin.patch(one, moved).status()).isEqualTo(400);
        assertThat(admin.get(one).body().path("configuration").path("host").asString())
                .isEqualTo("ab12cd.api.infobip.com");
        assertThat(admin.patch(one, moved).status()).isEqualTo(200);
    }

    @Test
    void a_trial_sends_a_real_message() {
        var before = CARRIER.count();
        var tried = admin.post(PROVIDERS + "/" + id() + "/try", "{'to':'+14155550177','delivery_method':'voice'}");
        assertThat(tried.status()).isEqualTo(202);
        assertThat(tried.body().path("code").asInt()).isEqualTo(202);
        assertThat(CARRIER.count()).isEqualTo(before + 1);
        assertThat(CARRIER.requests().getLast().path()).endsWith("/Calls.json");
        CARRIER.next(CarrierReply.twilioError(400, 21408));
        var refused = admin.post(PROVIDERS + "/" + id() + "/try", "{'to':'+14155550177'}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("message")).contains("21408");
        assertThat(admin.post(PROVIDERS + "/" + id() + "/try", "{'to':'12'}").status())
                .isEqualTo(400);
    }

    @Test
    void a_disabled_provider_sends_nothing() {
        admin.patch(PROVIDERS + "/" + id(), "{'disabled':true}");
        var answer = tenant.associate(tenant.mfaToken(tenant.person()), "sms", TestTenant.newNumber());
        assertThat(answer.status()).isGreaterThanOrEqualTo(400);
    }
}
