package io.ringcode.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestDatabase;
import io.ringcode.TestTenant;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.delivery.TestClock;
import io.ringcode.management.Admin;
import io.ringcode.tenant.TenantId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** An administrator of the default tenant makes tenants, and deletes one only by typing its name. */
class TenantPagesTest {
    private static final String AT = "/console/tenants";
    private static final FakeCarrier CARRIER = new FakeCarrier();
    private static final Ringcode SERVER = Ringcode.on(TestDatabase.freshDatabase(), CARRIER, new TestClock());

    private final TestTenant first = TestTenant.prepare(SERVER, TenantId.DEFAULT, "localhost");
    private final Admin api = Admin.of(first);
    private final Console console = Console.of(first);

    @AfterAll
    static void stop() {
        SERVER.close();
        CARRIER.close();
    }

    @Test
    void a_tenant_is_made_and_deleted_after_its_name_was_typed() {
        assertThat(console.open("/console/settings").html()).contains("href=\"" + AT + "\"");
        var page = console.post(AT, "name", "Not a name", "domain", "acme.test", "friendly_name", "Acme");
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.html()).contains("href=\"#name\"", "id=\"name-problem\"", "value=\"acme.test\"");
        page = console.post(AT, "name", "acme", "domain", "acme.test", "friendly_name", "Acme");
        assertThat(page.html()).containsPattern("class=\"secret\" id=\"made-secret\">[A-Za-z0-9]{64}<");
        assertThat(console.open(AT).html()).contains("acme.test").doesNotContain("made-secret");
        assertThat(console.post(AT, "name", "acme", "domain", "other.test").html())
                .contains("already exists", "id=\"name-problem\"");

        var remove = AT + "/acme/remove";
        assertThat(console.post(remove).html())
                .contains(
                        "What will happen", "nobody can sign in at acme.test", "Type <strong>acme</strong> to confirm");
        assertThat(console.post(remove, "sure", "yes", "typed_name", "acne").status())
                .isEqualTo(400);
        assertThat(api.get("/tenants/acme").status()).isEqualTo(200);
        assertThat(console.sure(remove).html()).contains("Removed.").doesNotContain("acme.test");
        assertThat(api.get("/tenants/acme").status()).isEqualTo(404);
        assertThat(console.sure(AT + "/default/remove").status()).isEqualTo(400);
        assertThat(console.sure(AT + "/nobody/remove").status()).isEqualTo(404);

        var other = Console.of(SERVER.tenant());
        assertThat(other.open(AT).status()).isEqualTo(403);
        assertThat(other.open("/console/settings").html()).doesNotContain(AT);
        assertThat(other.post(AT, "name", "mine", "domain", "mine.test").status())
                .isEqualTo(403);
        assertThat(other.sure(AT + "/default/remove").status()).isEqualTo(404);
    }
}
