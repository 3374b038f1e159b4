package io.ringcode.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.RsaKeys;
import io.ringcode.TestTenant;
import io.ringcode.console.view.Navigation;
import io.ringcode.login.Browser;
import io.ringcode.management.Admin;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What cannot be undone or cuts somebody off asks first, and says what will happen. */
class SecondLookTest {
    private static final Pattern FORM = Pattern.compile("(?s)<form method=\"post\" action=\"([^\"]+)\".*?</form>");
    private static final Pattern HIDDEN = Pattern.compile("type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"");
    private static final Pattern BUTTON = Pattern.compile("(?s)<button[^>]*>(.*?)</button>");
    private static final Pattern DANGEROUS = Pattern.compile(
            "(?s)^(Remove|Delete|Rotate|Revoke|Stop|Permit|Switch off|Block|Accept|New recovery|Reset).*");

    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Admin api = Admin.of(tenant);
    private final Console console = Console.of(tenant);
    private String second = "nobody";

    @Test
    void every_button_that_takes_something_away_asks_first() {
        var user = tenant.enrolled(TestTenant.newNumber());
        var paths = new ArrayList<>(
                Navigation.pages().stream().map(Navigation.Entry::address).toList());
        paths.add("/console/users/" + Browser.encode(user.id().value()));
        paths.add("/console/clients/app");
        var hook = console.post(
                "/console/hooks",
                "name",
                "second look",
                "script",
                "module.exports = (recipient, text, context, cb) => cb(null, {});");
        var script = hook.address().replace("?said=saved", "");
        console.post(script + "/secrets", "key", "KEY", "value", "x");
        paths.add(script);
        api.put("/guardian/factors/phone/prices/vonage", java.util.Map.of("csv", "TG,,sms,0.21"));
        paths.add("/console/fraud/limits/prices/vonage");
        furnish(paths);
        var asked = new LinkedHashSet<String>();
        var silent = new ArrayList<String>();
        for (var path : paths)
            for (var form : FORM.matcher(console.open(path).html()).results().toList()) {
                var buttons = BUTTON.matcher(form.group()).results().toList();
                if (buttons.size() != 1) continue;
                var words = buttons.getFirst()
                        .group(1)
                        .replaceAll("<[^>]*>", "")
                        .strip()
                        .replace(second, "the second administrator");
                if (!DANGEROUS.matcher(words).matches()) continue;
                var fields = new ArrayList<String>();
                for (var hidden : HIDDEN.matcher(form.group()).results().toList())
                    fields.addAll(List.of(hidden.group(1), hidden.group(2)));
                var page = console.post(form.group(1), fields.toArray(String[]::new));
                if (page.html().contains("What will happen")) asked.add(words);
                else silent.add(path + ": " + words);
            }
        assertThat(silent).isEmpty();
        assertThat(asked)
                .contains("Delete script…", "Remove all authenticators…", "Rotate secret…", "Stop all sending…")
                .contains(
                        "Remove account…",
                        "Remove the second administrator",
                        "Delete log stream…",
                        "Remove mail server",
                        "Remove webhook",
                        "Reset to the default…",
                        "Remove rule 1",
                        "Reset to the defaults…",
                        "Delete action…",
                        "Remove from trigger Doorman",
                        "Remove WHY",
                        "Remove Auth0 Management API")
                .anyMatch(words -> words.startsWith("Remove Key "));
    }

    /** What pages can take away only where it is there. */
    private void furnish(List<String> paths) {
        var account = "/console/phone/carriers/aws-sms-voice";
        console.post(
                account,
                "region",
                "eu-central-1",
                "access_key_id",
                "AKIAIOSFODNN7EXAMPLE",
                "secret_access_key",
                "x".repeat(40),
                "delivery_methods",
                "text");
        paths.add(account);
        console.post("/console/templates/verification/sms/de", "text", "{{ code }} ist der Code.");
        paths.add("/console/templates/verification/sms/de");
        paths.add(console.post(
                        "/console/log-streams",
                        "type",
                        "http",
                        "name",
                        "Collector",
                        "httpEndpoint",
                        "https://logs.example.com/")
                .address()
                .replaceFirst("\\?.*", ""));
        second = Console.of(tenant).email;
        api.put("/prompts/login/custom-text/en", "{'login':{'title':'Welcome'}}");
        var action = api.post(
                        "/actions/actions",
                        "{'name':'Doorman','supported_triggers':[{'id':'post-login'}],'deploy':true,'secrets':[{'name':'WHY','value':'x'}]}")
                .text("id");
        api.patch(
                "/actions/triggers/post-login/bindings",
                "{'bindings':[{'ref':{'type':'action_id','value':'" + action + "'}}]}");
        paths.add("/console/actions/" + action);
        console.post("/console/mail/webhook", "endpoint", "https://notices.example.com/");
        api.post(
                "/emails/provider",
                "{'name':'smtp','enabled':true,'default_from_address':'codes@example.com','credentials':{'smtp_host':'smtp.example.com','smtp_port':465}}");
        console.post("/console/sign-in-policy/add", "ask", "any-factor", "new_browser", "true");
        var audience = tenant.issuer() + "api/v2/";
        api.post("/client-grants", "{'client_id':'app','audience':'" + audience + "','scope':['read:logs']}");
        console.post("/console/clients/app/keys", "name", "Key", "pem", pem(), "alg", "RS256");
    }

    private static String pem() {
        var key = Base64.getMimeEncoder()
                .encodeToString(RsaKeys.pair().getPublic().getEncoded());
        return "-----BEGIN PUBLIC KEY-----\n" + key + "\n-----END PUBLIC KEY-----\n";
    }

    @Test
    void nothing_happens_before_it_is_confirmed_and_for_the_worst_the_name_is_typed() {
        var made = console.post("/console/clients", "name", "Till & Till", "type", "regular_web");
        var id = made.html().replaceFirst("(?s).*<dt>Client ID</dt><dd><code[^>]*>([^<]+)<.*", "$1");
        var at = "/console/clients/" + id;
        var page = console.post(at + "/delete");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.html()).contains("This cannot be undone.", "Type <strong>Till &amp; Till</strong> to confirm");
        for (var typed : new String[] {"", "Till", "Till and Till"}) {
            page = console.post(at + "/delete", "sure", "yes", "typed_name", typed);
            assertThat(page.status()).as(typed).isEqualTo(400);
            assertThat(page.html()).contains("href=\"#typed_name\"", "id=\"typed_name-problem\"");
        }
        assertThat(console.open(at + "/delete?sure=yes&typed_name=Till+%26+Till")
                        .address())
                .as("a link alone does nothing")
                .isEqualTo(at);
        assertThat(api.get("/clients/" + id).status()).isEqualTo(200);
        console.post(at + "/delete", "sure", "yes", "typed_name", " till & TILL ");
        assertThat(api.get("/clients/" + id).status()).isEqualTo(404);
    }

    @Test
    void it_says_to_how_many() {
        tenant.enrolled(TestTenant.newNumber());
        console.post("/console/phone/factor", "on", "true", "types", "sms");
        var page = console.post("/console/phone/factor", "types", "sms");
        assertThat(page.html()).containsPattern("[0-9]+ users? with a phone can no longer confirm a sign-in");
        assertThat(page.html()).contains("type=\"hidden\" name=\"types\" value=\"sms\"");
        assertThat(api.get("/guardian/factors").body().toString()).contains("\"name\":\"sms\",\"enabled\":true");
    }
}
