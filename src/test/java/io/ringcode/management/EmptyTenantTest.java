package io.ringcode.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.client.ManagementScopes;
import io.ringcode.management.unsupported.UnsupportedResource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Ringcode does not have answers as nothing, and every endpoint's scope can be granted. */
class EmptyTenantTest {
    private static final Admin ADMIN = Admin.of(Ringcode.shared().tenant());

    @ParameterizedTest
    @MethodSource("absent")
    void an_absent_resource_is_empty(UnsupportedResource absent) {
        var path = "/" + absent.path().replace("{name}", "verify_email").replace("{prompt}", "login");
        var answer = ADMIN.get(path + "?page=0&per_page=100&include_totals=true");

        switch (absent.answer()) {
            case UnsupportedResource.EmptyAnswer.Page(var name) -> {
                assertThat(answer.body().path("total").intValue()).isZero();
                assertThat(answer.body().path(name).isArray()).isTrue();
                assertThat(ADMIN.get(path).body().isArray()).isTrue();
            }
            case UnsupportedResource.EmptyAnswer.Checkpoint(var name) ->
                assertThat(answer.body().propertyNames()).containsExactly(name);
            case UnsupportedResource.EmptyAnswer.Bare() ->
                assertThat(answer.body().isArray()).isTrue();
            case UnsupportedResource.EmptyAnswer.Settings(var members) ->
                assertThat(answer.body().propertyNames()).containsExactlyInAnyOrderElementsOf(members.keySet());
            case UnsupportedResource.EmptyAnswer.Missing(var sentence) -> {
                assertThat(answer.status()).isEqualTo(404);
                assertThat(answer.text("message")).isEqualTo(sentence);
            }
        }
    }

    @Test
    void a_whole_tenants_file_is_not_stopped_by_what_has_no_meaning_here() {
        for (var name : List.of(
                "brute-force-protection",
                "suspicious-ip-throttling",
                "breached-password-detection",
                "bot-detection",
                "captcha")) {
            var path = "/attack-protection/" + name;
            var written = ADMIN.patch(path, "{'enabled':true,'shields':['block']}");
            assertThat(written.status()).as(name).isEqualTo(200);
            assertThat(written.body())
                    .as("what holds")
                    .isEqualTo(ADMIN.get(path).body());
        }
        for (var name : List.of("apns", "fcm", "sns"))
            assertThat(ADMIN.put("/guardian/factors/push-notification/providers/" + name, "{'bundle_id':'a'}")
                            .text("message"))
                    .startsWith("Not kept: ");
        assertThat(ADMIN.post("/roles", "{'name':'Support','description':'a'}").text("name"))
                .isEqualTo("Support (not kept: this server has no roles)");
    }

    static List<UnsupportedResource> absent() {
        return UnsupportedResource.ALL;
    }

    @ParameterizedTest
    @MethodSource("io.ringcode.management.Endpoint#ofManagement")
    void every_endpoint_asks_for_a_scope_that_can_be_granted(Endpoint endpoint) {
        assertThat(RequiredScopes.of(endpoint.handler())).anyMatch(ManagementScopes.ALL::contains);
    }
}
