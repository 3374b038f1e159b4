package io.ringcode.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.client.ManagementScopes;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Ringcode does not have answers as nothing, and every endpoint's scope can be granted. */
class EmptyTenantTest {
    private static final Admin ADMIN = Admin.of(Ringcode.shared().tenant());

    @ParameterizedTest
    @MethodSource("absent")
    void an_absent_resource_is_empty(Absent absent) {
        var path = "/" + absent.path().replace("{name}", "verify_email").replace("{prompt}", "login");
        var answer = ADMIN.get(path + "?page=0&per_page=100&include_totals=true");

        switch (absent.answer()) {
            case Absent.Emptiness.Page(var name) -> {
                assertThat(answer.body().path("total").intValue()).isZero();
                assertThat(answer.body().path(name).isArray()).isTrue();
                assertThat(ADMIN.get(path).body().isArray()).isTrue();
            }
            case Absent.Emptiness.Walk(var name) ->
                assertThat(answer.body().propertyNames()).containsExactly(name);
            case Absent.Emptiness.Bare() -> assertThat(answer.body().isArray()).isTrue();
            case Absent.Emptiness.Settings(var members) ->
                assertThat(answer.body().propertyNames()).containsExactlyInAnyOrderElementsOf(members.keySet());
            case Absent.Emptiness.Missing(var sentence) -> {
                assertThat(answer.status()).isEqualTo(404);
                assertThat(answer.text("message")).isEqualTo(sentence);
            }
        }
    }

    static List<Absent> absent() {
        return Absent.ALL;
    }

    @ParameterizedTest
    @MethodSource("io.ringcode.management.Endpoint#ofManagement")
    void every_endpoint_asks_for_a_scope_that_can_be_granted(Endpoint endpoint) {
        assertThat(RequiredScopes.of(endpoint.handler())).anyMatch(ManagementScopes.ALL::contains);
    }
}
