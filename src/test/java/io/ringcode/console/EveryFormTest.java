package io.ringcode.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestTenant;
import io.ringcode.console.view.Navigation;
import io.ringcode.console.view.StreamView;
import io.ringcode.delivery.carrier.Carrier;
import io.ringcode.delivery.carrier.Carriers;
import io.ringcode.login.Browser;
import io.ringcode.management.Admin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whatever the API refuses of what a form sends stands beside its field, and the summary leads there. */
class EveryFormTest {
    private static final Pattern FORM = Pattern.compile("(?s)<form method=\"post\" action=\"([^\"]+)\".*?</form>");
    private static final Pattern CONTROL =
            Pattern.compile("(?s)<input\\b[^>]*>|<textarea\\b[^>]*>.*?</textarea>|<select\\b[^>]*>.*?</select>");
    private static final Pattern LINK = Pattern.compile("<li><a href=\"#([^\"]+)\">([^<]*)</a></li>");

    /** These change more than a field, and have tests of their own. */
    private static final Pattern NO_FIELDS = Pattern.compile(
            ".*/(remove|delete|leave|brake|secret|accept|link|recovery-code|reset|unlock|block|rotate|versions/.*)");

    /** What no field of the form can be blamed for. */
    private static final Pattern OF_NO_FIELD =
            Pattern.compile("(?s).*(carrier|Twilio|script|does not compile|log streams at most).*");

    private static final List<String> GARBAGE =
            List.of("", "\u00a7 \u2603", "-1", "http://", "x".repeat(300), "9".repeat(9_000));

    /** Each page makes several calls of the API, whose rate is limited. */
    private static final Duration ENOUGH_FOR_CALLS = Duration.ofSeconds(2);

    private static final List<String> TICKED = List.of("nonsense");

    private final TestTenant tenant = Ringcode.shared().tenant();
    private final Admin api = Admin.of(tenant);
    private final Console console = Console.of(tenant);

    /** @param tick what a browser sends as it is or not at all */
    private record Field(String name, String value, boolean sent, boolean tick) {}

    @Test
    void what_is_refused_is_said_beside_its_field() {
        var missing = new LinkedHashSet<String>();
        var blamed = new LinkedHashSet<String>();
        int forms = 0;
        for (var path : paths()) {
            var page = console.open(path);
            assertThat(page.status()).as(path).isEqualTo(200);
            for (var form : FORM.matcher(page.html()).results().toList()) {
                if (NO_FIELDS.matcher(form.group(1)).matches()) continue;
                forms++;
                var fields = fields(form.group());
                var ticked = new HashSet<String>();
                for (int i = 0; i < fields.size(); i++) {
                    var field = fields.get(i);
                    if (field.tick() && !ticked.add(field.name())) continue;
                    for (var garbage : field.tick() ? TICKED : GARBAGE)
                        check(path, text(form.group(1)), fields, i, garbage, missing, blamed);
                }
            }
        }
        assertThat(forms).isGreaterThan(20);
        assertThat(blamed).as("fields that something was said of").hasSizeGreaterThan(60);
        assertThat(String.join("\n", missing)).isEmpty();
    }

    private void check(
            String path,
            String action,
            List<Field> fields,
            int which,
            String garbage,
            Set<String> missing,
            Set<String> blamed) {
        var body = new StringBuilder();
        for (int i = 0; i < fields.size(); i++) {
            var field = fields.get(i);
            if (!field.sent() && i != which) continue;
            body.append(body.isEmpty() ? "" : "&").append(Browser.encode(field.name()));
            body.append('=').append(Browser.encode(i == which ? garbage : field.value()));
        }
        tenant.server().clock().advance(ENOUGH_FOR_CALLS);
        var page = console.browser.post(action, body.toString());
        if (page.status() < 400) return;
        var what = path + " -> " + action + " " + fields.get(which).name() + " = "
                + garbage.substring(0, Math.min(20, garbage.length()));
        assertThat(page.status()).as(what).isBetween(400, 499);
        var said = page.html().replaceFirst("(?s).*?id=\"problem\">(.*?)</div>.*", "$1");
        var links = LINK.matcher(said).results().toList();
        if (fields.get(which).tick() && page.html().contains("class=\"alone\"")) return;
        if (links.isEmpty() && !OF_NO_FIELD.matcher(said).matches())
            missing.add(what + ": " + said.replaceAll("(?s).*<body>|\\s+", " ").strip());
        for (MatchResult link : links) {
            var id = link.group(1);
            if (page.html().contains("id=\"" + id + "\"") && page.html().contains("id=\"" + id + "-problem\""))
                blamed.add(action + " " + id);
            else missing.add(what + ": no field " + id + ", " + link.group(2));
        }
    }

    private List<String> paths() {
        var paths = new ArrayList<String>();
        for (var entry : Navigation.pages()) paths.add(entry.address());
        for (var carrier : Ringcode.shared().bean(Carriers.class).all().stream()
                .map(Carrier::name)
                .toList()) paths.add("/console/phone/carriers/" + carrier);
        paths.add("/console/fraud/limits/prices/twilio");
        paths.add("/console/clients/app");
        paths.add("/console/clients/app/grants/new?audience=" + Browser.encode(tenant.issuer() + "api/v2/"));
        paths.add("/console/templates/all");
        paths.add("/console/templates/verification/sms/de");
        paths.add("/console/hooks/new");
        paths.add("/console/users/new");
        paths.add("/console/actions/new?trigger=post-login");
        paths.add("/console/actions/"
                + api.post("/actions/actions", "{'name':'every form','supported_triggers':[{'id':'post-login'}]}")
                        .text("id"));
        for (var type : StreamView.TYPES.keySet()) paths.add("/console/log-streams/new?type=" + type);
        var hook = console.post(
                "/console/hooks",
                "name",
                "every form",
                "script",
                "module.exports = (recipient, text, context, cb) => cb(null, {});");
        paths.add(hook.address().replace("?said=saved", ""));
        api.put(
                "/guardian/factors/phone/routes",
                "{'routes':[{'channel':'sms','countries':['DE'],'prefixes':[],'providers':['twilio']}]}");
        return paths;
    }

    private static List<Field> fields(String form) {
        var fields = new ArrayList<Field>();
        for (var control : CONTROL.matcher(form).results().toList()) {
            var tag = control.group();
            var name = attribute(tag, "name");
            if (name.isEmpty() || (attribute(tag, "type").equals("hidden") && !name.equals("row"))) {
                if (!name.isEmpty()) fields.add(new Field(name, attribute(tag, "value"), true, true));
                continue;
            }
            var type = attribute(tag, "type");
            if (type.equals("checkbox") || type.equals("radio"))
                fields.add(new Field(name, attribute(tag, "value"), tag.matches("(?s).*\\bchecked\\b.*"), true));
            else if (tag.startsWith("<textarea"))
                fields.add(
                        new Field(name, text(tag.replaceFirst("(?s)^<[^>]*>\n?(.*)</textarea>$", "$1")), true, false));
            else if (tag.startsWith("<select")) {
                var chosen = Pattern.compile("<option value=\"([^\"]*)\"[^>]*selected")
                        .matcher(tag);
                var first = Pattern.compile("<option value=\"([^\"]*)\"").matcher(tag);
                var value = chosen.find() ? chosen.group(1) : first.find() ? first.group(1) : "";
                fields.add(new Field(name, text(value), true, true));
            } else if (type.equals("password")) fields.add(new Field(name, "a-secret-of-some-length", true, false));
            else fields.add(new Field(name, attribute(tag, "value"), true, false));
        }
        return fields;
    }

    private static String attribute(String tag, String name) {
        var found = Pattern.compile("^<[^>]*\\b" + name + "=\"([^\"]*)\"").matcher(tag);
        return found.find() ? text(found.group(1)) : "";
    }

    private static String text(String html) {
        return html.replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#61;", "=")
                .replace("&amp;", "&");
    }
}
