package io.ringcode.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Answer;
import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.client.ManagementScopes;
import io.ringcode.server.Eventually;
import io.ringcode.tenant.TenantId;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tenants, made and deleted by the operator. */
class TenantsApiTest {
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final Ringcode server = Ringcode.shared();
    private final String name = "made-" + NAMES.incrementAndGet();

    @Test
    void a_new_tenant_is_managed_through_its_own_client_at_its_own_domain() {
        var made = make();
        assertThat(made.status()).isEqualTo(201);
        var admin = adminOf(made);
        assertThat(admin.get("/tenants/settings").text("friendly_name")).isEqualTo("Made");
        assertThat(admin.get("/connections").body().size()).isEqualTo(1);
        assertThat(admin.post(
                                "/users",
                                "{'connection':'Username-Password-Authentication','email':'a@b.example','password':'correct horse'}")
                        .status())
                .isEqualTo(201);
        assertThat(Operator.ONE.get("/tenants/" + name).text("domain")).isEqualTo(name + ".test");
        assertThat(Operator.ONE
                        .get("/tenants?per_page=100&include_totals=true")
                        .body()
                        .path("total")
                        .asInt())
                .isGreaterThan(1);
    }

    @Test
    void a_host_name_that_was_asked_for_before_leads_to_its_new_tenant_at_once() {
        var early = new TestTenant(server, new TenantId(name), name + ".test", "nobody", "nothing");
        assertThat(early.token("client_credentials", "audience", early.issuer() + "api/v2/")
                        .status())
                .isEqualTo(401);
        assertThat(adminOf(make()).get("/tenants/settings").text("friendly_name"))
                .isEqualTo("Made");
    }

    @Test
    void names_and_domains_are_unique_and_checked() {
        make();
        assertThat(make().status()).isEqualTo(409);
        assertThat(post("{'name':'other-" + name + "','domain':'" + name + ".TEST'}")
                        .status())
                .isEqualTo(409);
        for (var bad : new String[] {"settings", "Upper", "-a", "a_b", ""})
            assertThat(post("{'name':'" + bad + "','domain':'x.test'}").status())
                    .isEqualTo(400);
        assertThat(post("{'name':'fine','domain':'http://x.test'}").status()).isEqualTo(400);
        assertThat(Operator.ONE.delete("/tenants/default").status()).isEqualTo(400);
        assertThat(Operator.ONE.delete("/tenants/nobody").status()).isEqualTo(404);
    }

    @Test
    void only_the_operator_makes_tenants() {
        var admin = adminOf(make());
        assertThat(admin.get("/tenants").status()).isEqualTo(403);
        var greedy = Admin.of(server.tenant());
        assertThat(greedy.post("/tenants", "{'name':'mine','domain':'mine.test'}")
                        .text("errorCode"))
                .isEqualTo("operation_not_supported");
        assertThat(greedy.get("/tenants").status()).isEqualTo(403);
        assertThat(greedy.delete("/tenants/" + name).status()).isEqualTo(404);
    }

    @Test
    void nothing_of_a_deleted_tenant_is_left_and_its_name_is_free() throws Exception {
        var made = make();
        var tenant = TestTenant.prepare(server, new TenantId(name), name + ".test");
        tenant.enrolled(TestTenant.newNumber());
        var token = adminOf(made).token();
        assertThat(rows()).isPositive();

        assertThat(Operator.ONE.delete("/tenants/" + name).status()).isEqualTo(204);
        assertThat(rows()).isZero();
        // What was read a moment ago counts for half a second.
        Eventually.holds(
                "it is gone", () -> new Admin(tenant, token).get("/users").status() == 401);

        var again = make();
        assertThat(again.status()).isEqualTo(201);
        assertThat(adminOf(again).get("/users").status()).isEqualTo(200);
        assertThat(new Admin(tenant, token).get("/users").status()).isEqualTo(401);
    }

    private Answer make() {
        return post("{'name':'" + name + "','domain':'" + name + ".test','friendly_name':'Made'}");
    }

    private static Answer post(String body) {
        return Operator.ONE.post("/tenants", body);
    }

    private Admin adminOf(Answer made) {
        var tenant = new TestTenant(
                server, new TenantId(name), name + ".test", made.text("client_id"), made.text("client_secret"));
        var token = tenant.token("client_credentials", "audience", tenant.issuer() + "api/v2/");
        assertThat(token.text("scope").split(" ", -1)).doesNotContainAnyElementsOf(ManagementScopes.OF_OPERATORS);
        return new Admin(tenant, token.text("access_token"));
    }

    /** In every table there is. */
    private long rows() {
        var db = server.bean(JdbcClient.class);
        return db
                .sql("SELECT table_name FROM information_schema.columns WHERE column_name = 'tenant_id'"
                        + " AND table_schema = current_schema()")
                .query(String.class)
                .stream()
                .mapToLong(table -> db.sql("SELECT count(*) FROM " + table + " WHERE tenant_id = :tenant")
                        .param("tenant", name)
                        .query(Long.class)
                        .single())
                .sum();
    }
}
