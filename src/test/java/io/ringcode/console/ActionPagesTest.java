package io.ringcode.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.login.Browser;
import io.ringcode.login.WebApp;
import io.ringcode.management.Admin;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Actions are written, tested, deployed, bound and deleted in the console. */
class ActionPagesTest {
    private static final String AT = "/console/actions";
    private static final String DENY =
            "exports.onExecutePostLogin = async (event, api) => { console.log('seen ' + event.user.email);"
                    + " api.access.deny(event.secrets.WHY || 'none'); };";

    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Admin api = Admin.of(tenant);
    private final Console console = Console.of(tenant);

    private String create(String name, String code) {
        var page = console.post(AT, "trigger", "post-login", "name", name, "code", code, "dependencies", "");
        assertThat(page.html()).as(page.html()).contains("Saved. It is not deployed yet", name);
        return page.address().replaceFirst("\\?.*", "");
    }

    private static String id(String at) {
        return at.substring(AT.length() + 1);
    }

    private String outcome() {
        tenant.server().clock().advance(Duration.ofSeconds(2));
        var person = tenant.person();
        var browser = new Browser(tenant);
        var page = browser.open(WebApp.of(tenant).authorize());
        page = browser.send(page, "username", person.email(), "password", person.password());
        return page.parameter("error_description").isEmpty() ? page.screen() : page.parameter("error_description");
    }

    @Test
    void an_action_is_written_given_a_secret_tested_deployed_bound_and_deleted() {
        assertThat(console.open(AT + "/new?trigger=post-login").html()).contains("exports.onExecutePostLogin");
        var at = create("Doorman", DENY);
        assertThat(console.open(at).html()).contains("Read by the code and not set: <code>WHY</code>", "not deployed");
        assertThat(console.post(at + "/secrets", "key", "WHY", "value", "closed today")
                        .html())
                .contains("<code>WHY</code>")
                .doesNotContain("closed today", "and not set");
        assertThat(console.post(at + "/test", "payload", "{\"user\":{\"email\":\"ada@example.com\"}}")
                        .html())
                .contains("seen ada@example.com");
        assertThat(outcome()).as("not deployed").isEqualTo("mfa-begin-enroll-options");
        assertThat(console.post(at + "/deploy").html()).contains("Deployed.", "Version 1 is the newest one.");
        assertThat(outcome()).as("not bound").isEqualTo("mfa-begin-enroll-options");
        assertThat(console.open(AT).html()).contains("not bound", "Bind to trigger");
        assertThat(console.post(AT + "/bind", "trigger", "post-login", "id", id(at))
                        .html())
                .contains("Saved.", ">runs<");
        assertThat(outcome()).isEqualTo("closed today");

        console.post(at, "name", "Doorman", "code", DENY.replace("event.secrets.WHY", "'changed'"));
        assertThat(console.open(at).html()).contains("Version 1 is deployed; what was saved since is not.");
        assertThat(outcome()).isEqualTo("closed today");
        console.post(at + "/deploy");
        assertThat(outcome()).isEqualTo("changed");
        var first = api.get("/actions/actions/" + id(at) + "/versions")
                .body()
                .at("/versions/1/id")
                .asString();
        assertThat(console.post(at + "/versions/" + first).html()).contains("Deployed.");
        assertThat(outcome()).isEqualTo("closed today");

        assertThat(console.sure(at + "/secrets/remove", "key", "WHY").html())
                .contains("Saved.")
                .doesNotContain("value=\"WHY\"");
        assertThat(console.post(at + "/remove").html()).contains("What will happen", "It is bound to its trigger");
        assertThat(console.sure(at + "/remove").html()).contains("Removed.").doesNotContain("Doorman");
        assertThat(outcome()).isEqualTo("mfa-begin-enroll-options");
        assertThat(console.open(at).status()).isEqualTo(404);
    }

    @Test
    void actions_run_in_the_order_of_the_page() {
        var deny = "exports.onExecutePostLogin = async (event, api) => { api.access.deny('%s'); };";
        var one = create("One", deny.formatted("one"));
        var two = create("Two", deny.formatted("two"));
        for (var at : new String[] {one, two}) {
            console.post(at + "/deploy");
            console.post(AT + "/bind", "trigger", "post-login", "id", id(at));
        }
        assertThat(outcome()).isEqualTo("one");
        assertThat(console.post(AT + "/up", "trigger", "post-login", "id", id(two))
                        .html())
                .containsPattern("(?s)Two</a>.*One</a>");
        assertThat(outcome()).isEqualTo("two");
        assertThat(console.post(AT + "/unbind", "trigger", "post-login", "id", id(two))
                        .html())
                .contains("What will happen");
        assertThat(outcome()).as("not yet").isEqualTo("two");
        console.sure(AT + "/unbind", "trigger", "post-login", "id", id(two));
        assertThat(outcome()).isEqualTo("one");
    }

    @Test
    void what_is_refused_is_told_and_nothing_typed_is_lost() {
        var page = console.post(AT, "trigger", "post-login", "name", "Broken", "code", "this is no JavaScript");
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.html()).contains("value=\"Broken\"", "this is no JavaScript</textarea>", "id=\"code-problem\"");
        var at = create("Kept", DENY);
        page = console.post(at + "/test", "payload", "{");
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.html()).contains("href=\"#payload\"", "Enter a JSON object");
        page = console.post(at + "/secrets", "key", "no name", "value", "x");
        assertThat(page.html()).contains("id=\"key-problem\"");
        for (var form : new String[] {"", "/bind", "/up"})
            assertThat(console.post(AT + form, "trigger", "nothing").status())
                    .as(form)
                    .isEqualTo(404);
        assertThat(console.open(AT + "/new?trigger=nothing").status()).isEqualTo(404);
        assertThat(console.post(AT + "/bind", "trigger", "post-login", "id", "nobody")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void others_actions_and_those_without_the_scope_are_out_of_reach() {
        var at = create("Mine", DENY);
        var stranger = Console.of(Ringcode.shared().tenant());
        assertThat(stranger.open(at).status()).isEqualTo(404);
        for (var act : new String[] {"", "/deploy", "/secrets", "/test", "/remove"})
            assertThat(stranger.sure(at + act, "name", "x", "code", DENY, "payload", "{}", "key", "K", "value", "v")
                            .status())
                    .as(act)
                    .isEqualTo(404);
        var reader = Console.of(tenant, Set.of("read:actions"));
        assertThat(reader.open(at).html()).contains("api.access.deny");
        assertThat(reader.post(at + "/deploy").html()).contains("Insufficient scope, expected any of: create:actions");
        assertThat(Console.of(tenant, Set.of("read:logs")).open(AT).html()).contains("Insufficient scope");
    }
}
