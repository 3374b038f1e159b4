package io.ringcode.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Answer;
import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.management.search.LogRecords;
import io.ringcode.management.search.LogSearch;
import io.ringcode.management.search.SearchQuery;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What administrators find in the log. */
class LogsApiTest {
    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Admin admin = Admin.of(tenant);
    private final String number = TestTenant.newNumber();
    private final TestTenant.Person person = tenant.enrolled(number);

    @Test
    void a_record_has_the_shape_of_auth0s() {
        var record = search("type:gd_enrollment_complete").getFirst();
        assertThat(record.path("log_id").asString())
                .isEqualTo(record.path("_id").asString())
                .startsWith("900");
        assertThat(record.path("date").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(record.path("user_id").asString()).isEqualTo(person.id().value());
        assertThat(record.path("user_name").asString()).isEqualTo(person.email());
        assertThat(record.path("client_id").asString()).isEqualTo("app");
        assertThat(record.path("connection").asString()).isEqualTo("Username-Password-Authentication");
        assertThat(record.path("isMobile").isBoolean()).isTrue();
        assertThat(record.path("details").path("authenticator").has("id")).isTrue();
        var one = admin.get("/logs/" + record.path("log_id").asString());
        assertThat(one.body()).isEqualTo(record);
        assertThat(admin.get("/logs/90020200101000000000000000000000").status()).isEqualTo(404);
    }

    @Test
    void it_is_searched_by_what_it_tells() {
        var other = tenant.enrolled(TestTenant.newNumber());
        assertThat(types("type:gd_start_enroll")).hasSize(2);
        assertThat(types("type:gd_start_enroll AND user_id:\"" + person.id().value() + "\""))
                .hasSize(1);
        assertThat(types("type:(gd_start_enroll OR gd_send_sms)")).hasSize(4);
        assertThat(types("(type:gd_start_enroll OR type:gd_send_sms) user_id:\""
                        + other.id().value() + "\""))
                .containsExactlyInAnyOrder("gd_start_enroll", "gd_send_sms");
        assertThat(types("type:gd_* NOT type:gd_send_sms")).isNotEmpty().doesNotContain("gd_send_sms");
        assertThat(types("user_name:" + other.email() + " AND type:gd_auth_succeed"))
                .hasSize(1);
        assertThat(types("description:\"Enrollment complete\"")).containsOnly("gd_enrollment_complete");
        assertThat(types("details.authenticator.type:sms")).isNotEmpty();
        assertThat(types("client_id:app AND ip:127.0.0.1")).isNotEmpty();
        assertThat(types("ip:203.0.113.9")).isEmpty();
        assertThat(admin.get("/logs?q=nosuchfield:1").status()).isEqualTo(400);
        assertThat(admin.get("/logs?q=type:(").status()).isEqualTo(400);
        assertThat(admin.get("/logs?sort=ip:1").status()).isEqualTo(400);
    }

    @Test
    void it_is_searched_by_time() {
        var clock = Ringcode.shared().clock();
        var then = clock.instant();
        clock.advance(Duration.ofHours(1));
        var later = tenant.enrolled(TestTenant.newNumber());
        assertThat(types("type:gd_enrollment_complete AND date:[" + then.plusSeconds(1) + " TO *]"))
                .hasSize(1);
        assertThat(types("type:gd_enrollment_complete AND date:[* TO " + then.plusSeconds(1) + "]"))
                .hasSize(1);
        assertThat(types("date:{" + clock.instant() + " TO *}")).isEmpty();
        assertThat(search("").getFirst().path("user_id").asString())
                .isEqualTo(later.id().value());
        assertThat(body("/logs?sort=date:1").getFirst().path("user_id").asString())
                .isNotEqualTo(later.id().value());
    }

    @Test
    void pages_tell_their_totals_and_end_empty() {
        var page = admin.get("/logs?page=1&per_page=2&include_totals=true");
        assertThat(page.body().path("start").asInt()).isEqualTo(2);
        assertThat(page.body().path("logs").size()).isEqualTo(2);
        var total = page.body().path("total").asInt();
        assertThat(total).isEqualTo(search("").size());
        assertThat(admin.get("/logs?page=9&per_page=100&include_totals=true")
                        .body()
                        .path("logs")
                        .size())
                .isZero();
        assertThat(admin.get("/logs?page=10&per_page=100").status()).isEqualTo(400);
        assertThat(body("/logs?fields=type,log_id&per_page=1").getFirst().propertyNames())
                .containsExactlyInAnyOrder("type", "log_id");
        assertThat(admin.get("/users/" + person.id().value() + "/logs?include_totals=true")
                        .body()
                        .path("total")
                        .asInt())
                .isPositive();
        assertThat(admin.get("/users/auth0|nobody/logs").status()).isEqualTo(404);
    }

    @Test
    void a_walk_by_checkpoint_meets_every_record_once_and_in_order() {
        Ringcode.shared().clock().advance(LogRecords.SETTLED.plusMillis(1));
        var all = new ArrayList<String>();
        var next = "/logs?take=3";
        while (true) {
            var step = admin.get(next);
            step.body().forEach(record -> all.add(record.path("log_id").asString()));
            if (step.body().isEmpty()) break;
            next = link(step);
        }
        assertThat(all).isSorted().doesNotHaveDuplicates().hasSize(search("").size());
        tenant.enrolled(TestTenant.newNumber());
        assertThat(admin.get(next).body().isEmpty())
                .as("what may not have settled is left out")
                .isTrue();
        Ringcode.shared().clock().advance(LogRecords.SETTLED.plusMillis(1));
        assertThat(admin.get(next + "&include_totals=true").body().path("logs").size())
                .isPositive();
    }

    @Test
    void no_search_reads_more_than_its_share() {
        Ringcode.shared()
                .bean(JdbcClient.class)
                .sql("""
                        INSERT INTO log (tenant_id, id, at, type, user_id, client_id, data)
                        SELECT :tenant, '9001999010100000000000' || lpad(n::text, 10, '0'), now(), 'sapi', 'auth0|' || n % 1000,
                               'app', jsonb_build_object('description', 'old', 'ip', '198.51.100.' || n % 200)
                          FROM generate_series(1, 30000) AS n
                        """)
                .param("tenant", tenant.id().value())
                .update();
        Ringcode.shared().bean(JdbcClient.class).sql("ANALYZE log").update();
        for (var q : List.of(
                "type:gd_start_enroll",
                "ip:198.51.100.7",
                "user_id:\"auth0|7\" AND description:old",
                "description:none",
                "client_id:app AND type:none",
                "type:none",
                "type:none OR ip:none OR client_id:none")) {
            var search = new LogSearch(tenant.id(), true);
            var plan = String.join(
                    "\n",
                    Ringcode.shared()
                            .bean(JdbcClient.class)
                            .sql("EXPLAIN (ANALYZE, COSTS off, TIMING off) " + search.ids(SearchQuery.parse(q)))
                            .params(search.parameters())
                            .param("need", 50)
                            .query(String.class)
                            .list());
            var rows = java.util.regex.Pattern.compile("(?:log.*actual rows=|Rows Removed by Filter: )([0-9]+)")
                    .matcher(plan);
            while (rows.find())
                assertThat(Integer.parseInt(rows.group(1)))
                        .as(q + "\n" + plan)
                        .isLessThanOrEqualTo(LogSearch.CANDIDATES);
        }
    }

    private List<JsonNode> search(String q) {
        return body("/logs?per_page=100&q=" + URLEncoder.encode(q, StandardCharsets.UTF_8));
    }

    private List<JsonNode> body(String path) {
        var answer = admin.get(path);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        return answer.body().valueStream().toList();
    }

    private List<String> types(String q) {
        return search(q).stream().map(record -> record.path("type").asString()).toList();
    }

    private static String link(Answer step) {
        var link = step.whole().headers().firstValue("Link").orElseThrow();
        var uri = URI.create(link.substring(1, link.indexOf('>')));
        assertThat(link).endsWith("; rel=\"next\"");
        return uri.getRawPath().substring("/api/v2".length()) + "?" + uri.getRawQuery();
    }
}
