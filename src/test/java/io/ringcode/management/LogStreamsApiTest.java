package io.ringcode.management;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Answer;
import io.ringcode.Ringcode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Log streams on the wire, as Auth0's clients use them. */
class LogStreamsApiTest {
    private final Admin admin = Admin.of(Ringcode.shared().tenant());

    private Answer create(Object body) {
        return admin.post("/log-streams", body);
    }

    @Test
    void a_stream_is_made_read_changed_and_deleted() {
        var made = create(
                "{'name':'Ours','type':'http','filters':[{'type':'category','name':'user.fail'}],'isPriority':true,"
                        + "'sink':{'httpEndpoint':'https://logs.example/in','httpAuthorization':'Bearer x','httpContentFormat':'JSONARRAY'}}");
        assertThat(made.status()).as(made.body().toString()).isEqualTo(200);
        var id = made.text("id");
        assertThat(id).matches("lst_\\d{16}");
        assertThat(made.body().path("status").asString()).isEqualTo("active");
        var sink = made.body().path("sink");
        assertThat(sink.path("httpContentType").asString()).isEqualTo("application/json");
        assertThat(sink.path("httpSigningSecret").asString()).startsWith("whsec_");
        assertThat(sink.has("splunkDomain")).isFalse();
        assertThat(admin.get("/log-streams/" + id).body()).isEqualTo(made.body());
        assertThat(admin.get("/log-streams").body().path(0)).isEqualTo(made.body());

        var paused = admin.patch("/log-streams/" + id, "{'status':'paused','filters':[]}");
        assertThat(paused.body().path("status").asString()).isEqualTo("paused");
        assertThat(paused.body().has("filters")).isFalse();
        assertThat(paused.body().path("sink")).isEqualTo(sink);

        var moved = admin.patch("/log-streams/" + id, "{'sink':{'httpEndpoint':'https://other.example/'}}");
        assertThat(moved.body().path("sink").has("httpAuthorization"))
                .as("a sink is replaced as a whole")
                .isFalse();
        assertThat(moved.body().path("sink").path("httpSigningSecret")).isEqualTo(sink.path("httpSigningSecret"));
        assertThat(moved.body().path("name").asString()).isEqualTo("Ours");

        assertThat(admin.delete("/log-streams/" + id).status()).isEqualTo(204);
        assertThat(admin.get("/log-streams/" + id).status()).isEqualTo(404);
        assertThat(admin.patch("/log-streams/" + id, Map.of()).status()).isEqualTo(404);
    }

    @Test
    void what_hides_people_goes_when_a_change_does_not_name_it() {
        var id = create(
                        "{'type':'sumo','sink':{'sumoSourceAddress':'https://sumo.example/x'},'pii_config':{'log_fields':['email'],"
                                + "'algorithm':'xxhash'}}")
                .text("id");
        assertThat(admin.get("/log-streams/" + id)
                        .body()
                        .path("pii_config")
                        .path("method")
                        .asString())
                .isEqualTo("hash");
        assertThat(admin.patch("/log-streams/" + id, "{'name':'Sumo'}").body().has("pii_config"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type':'http','sink':{}} | httpEndpoint",
                "{'type':'http','sink':{'httpEndpoint':'ftp://x.example/'}} | httpEndpoint",
                "{'type':'http','sink':{'httpEndpoint':'https://user:x@x.example/'}} | httpEndpoint",
                "{'type':'http','sink':{'httpEndpoint':'https://x.example/','httpSigningSecret':'short'}} | httpSigningSecret",
                "{'type':'http','sink':{'httpEndpoint':'https://x.example/','httpCustomHeaders':[{'header':'a b','value':''}]}} | header",
                "{'type':'http','sink':{'httpEndpoint':'https://x.example/','httpCustomHeaders':[{'header':'A'}]}} | value",
                "{'type':'http','sink':{'httpEndpoint':'https://x.example/','httpCustomHeaders':[{'header':'A','value':null}]}} | value",
                "{'type':'http','sink':{'httpEndpoint':'https://x.example/','httpCustomHeaders':[null]}} | httpCustomHeaders",
                "{'type':'http','sink':{'httpEndpoint':'https://x.example/','httpCustomHeaders':[{'header':'content-Length','value':'0'}]}} | httpCustomHeaders",
                "{'type':'otlp','sink':{'otlpEndpoint':'https://x.example/','otlpHeaders':[{'header':'Transfer-Encoding','value':'chunked'}]}} | otlpHeaders",
                "{'type':'splunk','sink':{'splunkDomain':'x.example','splunkPort':'70000','splunkToken':'t','splunkSecure':true}} | splunkPort",
                "{'type':'splunk','sink':{'splunkDomain':'-1','splunkPort':'8088','splunkToken':'t','splunkSecure':true}} | splunkDomain",
                "{'type':'splunk','sink':{'splunkDomain':'x.example:1','splunkPort':'8088','splunkToken':'t','splunkSecure':true}} | splunkDomain",
                "{'type':'syslog','sink':{'syslogHost':'[::','syslogPort':'6514'}} | syslogHost",
                "{'type':'datadog','sink':{'datadogApiKey':'x','datadogRegion':'moon'}} | datadogRegion",
                "{'type':'eventbridge','sink':{}} | type",
                "{'type':'sumo','sink':{'sumoSourceAddress':'https://x.example/'},'filters':[{'type':'category','name':'none'}]} | filters",
                "{'type':'sumo','sink':{'sumoSourceAddress':'https://x.example/'},'startFrom':'yesterday'} | startFrom",
                "{'type':'sumo','sink':{'sumoSourceAddress':'https://x.example/'},'status':'paused'} | status"
            })
    void what_is_wrong_is_named(String body, String member) {
        var answer = create(body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("message")).contains(member);
    }

    @Test
    void there_are_ten_at_most() {
        var sumo = "{'type':'sumo','sink':{'sumoSourceAddress':'https://sumo.example/x'}}";
        for (int i = 0; i < 10; i++) assertThat(create(sumo).status()).isEqualTo(200);
        assertThat(create(sumo).status()).isEqualTo(409);
    }

    @Test
    void secrets_are_sealed() {
        create("{'type':'datadog','sink':{'datadogApiKey':'the-key-of-datadog','datadogRegion':'eu'}}");
        var stored = admin.tenant()
                .server()
                .bean(JdbcClient.class)
                .sql("SELECT sink FROM log_stream WHERE tenant_id = ?")
                .param(admin.tenant().id().value())
                .query((row, n) -> new String(row.getBytes(1), ISO_8859_1))
                .list();
        assertThat(stored).isNotEmpty().noneMatch(text -> text.contains("the-key"));
    }
}
