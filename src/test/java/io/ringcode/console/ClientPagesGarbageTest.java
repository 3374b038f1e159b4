package io.ringcode.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.management.Admin;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that is sent to the pages of applications breaks them. */
class ClientPagesGarbageTest {
    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Admin api = Admin.of(tenant);
    private final Console console = Console.of(tenant);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clients?name=%00&type=spa",
                "clients?name=&type=spa",
                "clients?name=x&type=toaster",
                "clients?name=%FF",
                "clients/x",
                "clients/ID?name=%00",
                "clients/ID",
                "clients/ID?name=x&grant_types=%00&token_endpoint_auth_method=none",
                "clients/ID?name=x&callbacks=%00&token_endpoint_auth_method=none",
                "clients/ID?name=x&web_origins=https%3A%2F%2Fa.example%2Fpath&token_endpoint_auth_method=none",
                "clients/ID?name=x&app_type=%00&token_endpoint_auth_method=none",
                "clients/ID/delete?keys=perhaps",
                "clients/ID/keys?pem=%00",
                "clients/ID/keys?pem=x&alg=none",
                "clients/ID/keys/accept?accepted=%00",
                "clients/ID/keys/accept?accepted=cred_unknown",
                "clients/ID/keys/x/remove",
                "clients/ID/grants",
                "clients/ID/grants?audience=%00",
                "clients/ID/grants?audience=%00&tick=all",
                "clients/ID/grants?audience=nothing&tick=all",
                "clients/ID/grants?audience=mfa%2F&scope=%00",
                "clients/ID/grants/x",
                "clients/ID/grants/x/remove",
                "clients/%25/secret"
            })
    void garbage_is_refused(String form) {
        var id = ClientPagesTest.make(console, api, "Shop", "regular_web");
        var parts = form.replace("ID", id).split("[?]", 2);
        var page = console.browser.post("/console/" + parts[0], "sure=yes&" + (parts.length > 1 ? parts[1] : ""));
        assertThat(page.status()).isBetween(400, 499);
        assertThat(page.html()).startsWith("<!doctype html>");
        assertThat(api.get("/clients/" + id).text("name")).isEqualTo("Shop");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clients?page=x",
                "clients?page=-1",
                "clients?page=2000000000",
                "clients/x",
                "clients/%EF%BF%BF",
                "clients/..%3B",
                "clients/app/grants/new",
                "clients/app/grants/new?audience=%00",
                "clients/app/grants/new?audience=..",
                "clients/app/grants/x",
                "clients/app/keys",
                "api-keys?page=-1",
                "api-keys?page=x"
            })
    void no_address_breaks_anything(String path) {
        var page = console.open("/console/" + path);
        assertThat(page.status()).isBetween(400, 499);
        assertThat(page.html()).startsWith("<!doctype html>");
    }
}
