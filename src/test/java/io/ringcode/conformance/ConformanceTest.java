package io.ringcode.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.console.Console;
import io.ringcode.management.Admin;
import io.ringcode.management.ManagementClient;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The conformance report of a tenant, as an auditor reads it. */
class ConformanceTest {
    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Admin api = Admin.of(tenant);

    private static JsonNode line(JsonNode report, String id) {
        return report.path("lines")
                .valueStream()
                .filter(line -> line.path("id").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static String outcome(JsonNode report, String id) {
        return line(report, id).path("outcome").asString();
    }

    @Test
    void each_line_says_what_becomes_of_it_by_the_settings_of_now() {
        var before = api.get("/conformance");
        assertThat(before.status()).isEqualTo(200);
        var report = before.body();
        assertThat(report.path("holds").asInt()
                        + report.path("does_not_hold").asInt()
                        + report.path("not_applicable").asInt())
                .isEqualTo(report.path("lines").size())
                .isEqualTo(Conformance.REQUIREMENTS.size());
        var pumping = line(report, "asvs-2.4.1-pumping");
        assertThat(pumping.path("standard").asString()).isEqualTo("OWASP ASVS 5.0");
        assertThat(pumping.path("outcome").asString()).isEqualTo("does_not_hold");
        assertThat(pumping.path("why").asString()).contains("number_range is shadow");
        assertThat(pumping.path("page").asString()).isEqualTo("/console/fraud#rules");
        assertThat(pumping.path("proofs").valueStream().map(JsonNode::asString)).contains("SmsPumpingTest");
        api.put("/guardian/factors/phone/fraud/rules", "{'rules':[]}");
        var after = api.get("/conformance").body();
        assertThat(outcome(after, "asvs-2.4.1-pumping")).isEqualTo("holds");
        assertThat(line(after, "asvs-2.4.1-pumping").has("page")).isFalse();
        assertThat(after.path("does_not_hold").asInt())
                .isEqualTo(report.path("does_not_hold").asInt() - 1);
    }

    @Test
    void a_message_is_judged_as_it_is_worded() {
        assertThat(outcome(api.get("/conformance").body(), "nist-3.1.3.1-locked-screen"))
                .isEqualTo("does_not_hold");
        var texts = "{'enrollment_message':'Your code: {{code}}','verification_message':'For you: {{code}}'}";
        assertThat(api.put("/guardian/factors/phone/templates", texts).status()).isEqualTo(200);
        assertThat(outcome(api.get("/conformance").body(), "nist-3.1.3.1-locked-screen"))
                .isEqualTo("holds");
    }

    @Test
    void what_lies_beside_the_settings_counts_too() {
        assertThat(outcome(api.get("/conformance").body(), "asvs-16.4.3-leaves"))
                .isEqualTo("does_not_hold");
        var stream = api.post(
                "/log-streams",
                "{'name':'Collector','type':'http','sink':{'httpEndpoint':'https://logs.example.com/'}}");
        assertThat(outcome(api.get("/conformance").body(), "asvs-16.4.3-leaves"))
                .isEqualTo("holds");
        api.patch("/log-streams/" + stream.text("id"), "{'status':'paused'}");
        assertThat(outcome(api.get("/conformance").body(), "asvs-16.4.3-leaves"))
                .isEqualTo("does_not_hold");
        assertThat(outcome(api.get("/conformance").body(), "asvs-13.4.2-development"))
                .as("this server is one for development")
                .isEqualTo("does_not_hold");
    }

    @Test
    void it_is_read_with_the_scope_of_the_settings_alone() {
        var other = Ringcode.shared().tenant();
        var logs = new Admin(other, ManagementClient.of(other, "read:logs").token());
        assertThat(logs.get("/conformance").status()).isEqualTo(403);
        assertThat(Console.of(tenant, Set.of("read:logs"))
                        .open("/console/conformance")
                        .html())
                .contains("Insufficient scope");
    }

    @Test
    void the_page_begins_with_what_does_not_hold_and_leads_to_where_it_is_put_right() {
        var console = Console.of(tenant);
        var page = console.open("/console/conformance");
        assertThat(page.status()).isEqualTo(200);
        var html = page.html();
        assertThat(html.indexOf("id=\"asvs-2.4.1-pumping\""))
                .isBetween(html.indexOf("<h2 id=\"failing\">"), html.indexOf("<h2 id=\"holding\">"));
        assertThat(html.indexOf("id=\"asvs-2.3.1-order\"")).isGreaterThan(html.indexOf("<h2 id=\"holding\">"));
        assertThat(html).contains("<a href=\"/console/fraud#rules\">Switch the rules against SMS pumping on.</a>");
        var csv = console.open("/console/conformance.csv").html();
        assertThat(csv.lines()).hasSize(Conformance.REQUIREMENTS.size() + 1);
        assertThat(csv).contains("\"asvs-2.4.1-pumping\",\"OWASP ASVS 5.0\",\"2.4.1\",\"level 2\"");
    }

    @Test
    void every_remedy_leads_to_its_setting() {
        var console = Console.of(tenant);
        Conformance.REQUIREMENTS.stream()
                .map(Requirement::remedy)
                .filter(remedy -> remedy != null && remedy.page() != null)
                .map(remedy -> String.valueOf(remedy.page()))
                .distinct()
                .forEach(address -> {
                    var parts = address.split("#", 2);
                    var page = console.open(parts[0]);
                    assertThat(page.status()).as(address).isEqualTo(200);
                    if (parts.length > 1) assertThat(page.html()).as(address).contains("id=\"" + parts[1] + "\"");
                });
    }
}
