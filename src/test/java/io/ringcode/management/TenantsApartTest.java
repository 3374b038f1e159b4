package io.ringcode.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Answer;
import io.ringcode.Ringcode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every endpoint that takes an id answers another tenant's as one that nobody has: with 404, and without a change. The
 * endpoints come from the server's own routes; one whose ids this test does not know fails.
 */
class TenantsApartTest {
    private static final OneOfEach THEIRS = OneOfEach.made();
    private static final Admin OTHER = THEIRS.admin();
    private static final Admin ME = Admin.of(Ringcode.shared().tenant());
    private static final String NOBODYS = "nobodys";

    /** What stands in paths for choices that all tenants have alike, not for anybody's own. */
    private static final Set<String> CHOICES = Set.of(
            "/api/v2/guardian/factors/{name}",
            "/api/v2/guardian/factors/phone/fraud/prices/{carrier}",
            "/api/v2/guardian/factors/phone/texts/{purpose}/history",
            "/api/v2/guardian/factors/phone/texts/{purpose}/{channel}/{language}",
            "/api/v2/guardian/factors/phone/texts/{purpose}/{channel}/{language}/history",
            "/api/v2/guardian/factors/phone/texts/{purpose}/{channel}/{language}/preview",
            "/api/v2/prompts/{prompt}/custom-text/{language}",
            "/api/v2/prompts/{prompt}/partials",
            "/api/v2/email-templates/{name}",
            "/api/v2/actions/triggers/{id}/bindings",
            "/api/v2/actions/triggers/{trigger}/bindings");

    /** Bodies that are right, for endpoints that look at them first. */
    private static final Map<String, String> BODIES = Map.ofEntries(
            Map.entry("POST /api/v2/branding/phone/providers/{id}/try", "{'to':'+14155550100'}"),
            Map.entry("POST /api/v2/branding/phone/templates/{id}/try", "{'to':'+14155550100'}"),
            Map.entry("PUT /api/v2/users/{user}/authentication-methods", "[]"),
            Map.entry(
                    "POST /api/v2/users/{user}/authentication-methods",
                    "{'type':'phone','phone_number':'+14155550100','preferred_authentication_method':'sms'}"),
            Map.entry("PATCH /api/v2/users/{user}/authentication-methods/{id}", "{'name':'x'}"),
            Map.entry("POST /api/v2/clients/{client}/credentials", "{'credential_type':'public_key','pem':'x'}"),
            Map.entry("PATCH /api/v2/connections/{id}/clients", "[]"),
            Map.entry("PATCH /api/v2/client-grants/{id}", "{'scope':[]}"),
            Map.entry("DELETE /api/v2/hooks/{id}/secrets", "['A']"),
            Map.entry("POST /api/v2/hooks/{id}/secrets", "{'A':'b'}"),
            Map.entry("PATCH /api/v2/hooks/{id}/secrets", "{'A':'b'}"),
            Map.entry("POST /api/v2/hooks/{id}/try", "{'recipient':'+14155550123'}"),
            Map.entry("POST /api/v2/actions/actions/{id}/test", "{'payload':{}}"));

    /** Deleting what is not there is no error here, as in Auth0. */
    private static final Set<String> SILENT = Set.of("DELETE /api/v2/users/{id}", "DELETE /api/v2/log-streams/{id}");

    static List<Endpoint> withIds() {
        return Endpoint.ofManagement().stream()
                .filter(endpoint -> endpoint.path().contains("{") && !CHOICES.contains(endpoint.path()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("withIds")
    void another_tenants_id_is_nobodys(Endpoint endpoint) {
        var ids = THEIRS.idsFor(endpoint);
        var answer = call(ME, endpoint, ids);
        if (!SILENT.contains(endpoint.toString()))
            assertThat(answer.status()).as(answer.body().toString()).isEqualTo(404);
        var unknown = call(
                ME,
                endpoint,
                Stream.concat(Stream.of(NOBODYS), ids.stream().skip(1)).toList());
        assertThat(answer.status()).isEqualTo(unknown.status());
        assertThat(answer.body()).isEqualTo(unknown.body());
        if (endpoint.method().name().equals("GET") && !endpoint.path().startsWith("/api/v2/tenants/"))
            assertThat(call(OTHER, endpoint, ids).status())
                    .as("its own tenant has it")
                    .isBetween(200, 204);
    }

    @Test
    void ids_in_bodies_are_nobodys_too() {
        var client = theirs("/api/v2/clients/");
        var user = theirs("/api/v2/users/");
        var connection = theirs("/api/v2/connections/");
        assertThat(ME.post(
                                "/client-grants",
                                Map.of("client_id", client, "audience", "https://x.example/", "scope", List.of()))
                        .status())
                .isIn(400, 404);
        assertThat(ME.post("/guardian/enrollments/ticket", Map.of("user_id", user))
                        .status())
                .isEqualTo(404);
        var mine = ME.get("/connections").body().get(0).path("id").asString();
        assertThat(ME.patch("/connections/" + mine + "/clients", List.of(Map.of("client_id", client, "status", true)))
                        .status())
                .isEqualTo(400);
        var theirs = URLEncoder.encode("user_id:\"" + user + "\"", StandardCharsets.UTF_8);
        assertThat(OTHER.get("/logs?q=" + theirs).body().size()).isPositive();
        for (var list : List.of("/users?q=", "/logs?q="))
            assertThat(ME.get(list + theirs).body().size()).isZero();
        assertThat(connection).isNotEqualTo(mine);
    }

    private static String theirs(String path) {
        return Objects.requireNonNull(THEIRS.ids().get(path)).getFirst();
    }

    private static Answer call(Admin admin, Endpoint endpoint, List<String> ids) {
        var path = endpoint.path().substring("/api/v2".length());
        for (var id : ids) path = path.replaceFirst("\\{[^}]+}", id);
        var body = BODIES.getOrDefault(endpoint.toString(), "{}");
        var method = endpoint.method().name();
        var hasBody = !method.equals("GET") && (!method.equals("DELETE") || BODIES.containsKey(endpoint.toString()));
        return admin.call(method, path, hasBody ? body : null);
    }
}
