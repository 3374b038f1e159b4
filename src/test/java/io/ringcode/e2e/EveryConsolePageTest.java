package io.ringcode.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.Ringcode;
import io.ringcode.TestDatabase;
import io.ringcode.TestTenant;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.console.Console;
import io.ringcode.delivery.TestClock;
import io.ringcode.delivery.carrier.SelectedProvider;
import io.ringcode.login.Browser;
import io.ringcode.login.Browser.Place;
import io.ringcode.management.Admin;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Every page of the console, of the reference and of the local phone in a real Chromium, in four views. Pictures for people to
 * look at are in {@code target/screenshots/every-console-page} after a run with {@code -Dringcode.pictures=true}.
 */
class EveryConsolePageTest {
    private static final Path FOLDER = Path.of("target/every-console-page").toAbsolutePath();
    private static final Path TEMPLATES = Path.of("src/main/jte/console");

    /** What is put into a page that is there. */
    private static final Set<String> PARTS = Set.of(
            "FindNews",
            "InstallNews",
            "LogLine",
            "LogNews",
            "LogStory",
            "MessageRows",
            "MessageStory",
            "Preview",
            "TextPreview");

    /** Tables of many lines, each of which somebody asked for. */
    private static final Set<String> LONG = Set.of("ConformanceReport", "reference");

    private static final List<String> VIEWS = List.of("light", "rtl", "dark", "phone");

    private static final int LONGEST = 160 * 1024;

    /** Each page makes several calls of the API, whose rate is limited. */
    private static final Duration ENOUGH_FOR_CALLS = Duration.ofSeconds(2);

    private static final List<PageLook> PAGES = new ArrayList<>();
    private static final List<String> NAMES = new ArrayList<>();
    private static Path chromium;
    private static Node node;
    private static Looks looks;
    private static TestTenant tenant;
    private static Console console;

    @BeforeAll
    static void write() throws Exception {
        chromium = Chromium.installed();
        node = Node.installed();
        looks = Looks.of("console");
        Files.createDirectories(FOLDER);
        noon();
        tenant = Ringcode.shared().tenant();
        console = Console.of(tenant);
        nothingYet();
        var number = TestTenant.newNumber();
        var person = furnish(number);
        delivery();
        activity(number);
        people(person);
        settings();
        beside();
        tenants();
    }

    /** What happens is at the same hour of a day in every run, as pages show it by the hour. */
    private static void noon() {
        var clock = Ringcode.shared().clock();
        var noon = clock.instant().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(36));
        clock.advance(Duration.between(clock.instant(), noon));
    }

    /** The pages that most say something on while they are empty. */
    private static void nothingYet() throws Exception {
        page("Hooks", "empty", "/console/hooks");
        page("Routes", "empty", "/console/routes");
        page("Streams", "empty", "/console/log-streams");
        page("ApiKeys", "empty", "/console/api-keys");
        page("Actions", "empty", "/console/actions");
    }

    private static TestTenant.Person furnish(String number) {
        var server = Ringcode.shared();
        History.of(
                server.bean(JdbcClient.class),
                tenant.id(),
                LocalDate.ofInstant(server.clock().instant(), ZoneOffset.UTC));
        var person = tenant.enrolled(number);
        var token = tenant.mfaToken(person);
        var challenge = tenant.challenge(token).text("oob_code");
        tenant.verify(token, challenge, tenant.wrongCode(number));
        tenant.verify(token, challenge, tenant.code(number));
        var api = Admin.of(tenant);
        api.put(
                "/guardian/factors/phone/routes",
                "{'routes':[{'channel':'sms','countries':['DE','AT'],'prefixes':['+4915'],'providers':['twilio','infobip']}]}");
        return person;
    }

    private static void delivery() throws Exception {
        page("Overview", "", "/console");
        page("Overview", "90", "/console?days=90");
        page("Days", "", "/console/days?days=7");
        page("Hours", "", "/console/hours");
        page("Phone", "", "/console/phone");
        page("Account", "", "/console/phone/carriers/twilio");
        page("Account", "new", "/console/phone/carriers/infobip");
        page("TextList", "", "/console/templates");
        page("TextEditor", "", "/console/templates/verification/sms/de");
        page("TextForAll", "", "/console/templates/all");
        page("Routes", "", "/console/routes");
        page("Hook", "new", "/console/hooks/new?example=twilio");
        var script = "module.exports = (recipient, text, context, cb) => cb(null, {});";
        var hook = console.post("/console/hooks", "name", "sender", "script", script)
                .address();
        page("Hook", "", hook.replaceFirst("\\?.*", ""));
        page("Hooks", "", "/console/hooks");
        page("Action", "new", "/console/actions/new?trigger=post-login");
        var code = "exports.onExecutePostLogin = async (event, api) => api.access.deny(event.secrets.WHY);";
        var action = console.post(
                        "/console/actions",
                        "trigger",
                        "post-login",
                        "name",
                        "Doorman",
                        "code",
                        code,
                        "dependencies",
                        "")
                .address()
                .replaceFirst("\\?.*", "");
        page("Action", "", action);
        page("Actions", "", "/console/actions");
        page("Guard", "", "/console/fraud");
        page("Limits", "", "/console/fraud/limits");
        page("Prices", "", "/console/fraud/limits/prices/twilio");
    }

    private static void activity(String number) throws Exception {
        page("Messages", "", "/console/messages");
        page("Messages", "none", "/console/messages?country=XX");
        var message = link(console.open("/console/messages").html(), "/console/messages/");
        page("Message", "", message);
        page("Messages", "beside", "/console/messages?open=" + message.replaceFirst(".*/", ""));
        page("Log", "", "/console/log");
        page(
                "Log",
                "beside",
                "/console/log?open="
                        + link(console.open("/console/log").html(), "/console/log/")
                                .replaceFirst(".*/", ""));
        page("Stream", "new", "/console/log-streams/new?type=http");
        page("Streams", "", "/console/log-streams");
        page("Find", "", "/console/find?q=" + number.substring(number.length() - 4));
        page("Find", "none", "/console/find?q=nothing-at-all");
    }

    private static void people(TestTenant.Person person) throws Exception {
        page("Users", "", "/console/users");
        var user = "/console/users/" + Browser.encode(person.id().value());
        page("User", "", user);
        page("Confirm", "", () -> console.post(user + "/delete"));
        page("NewUser", "", "/console/users/new");
        page(
                "NewUser",
                "refused",
                () -> console.post("/console/users/new", "email", "no address", "password", "short"));
        page("Administrators", "", "/console/administrators");
        page("Clients", "", "/console/clients");
        page("Client", "", "/console/clients/app");
        page("Grant", "", "/console/clients/app/grants/new?audience=" + Browser.encode(tenant.issuer() + "api/v2/"));
        page("ApiKeys", "made", () -> console.post("/console/api-keys", "name", "Nightly", "scope", "read:users"));
        page("ApiKeys", "", "/console/api-keys");
    }

    private static void settings() throws Exception {
        page("Settings", "tenant", "/console/settings");
        page("Settings", "branding", "/console/settings/branding");
        colours(console.open("/console/settings/branding").html());
        page("Settings", "factor", "/console/settings/factor");
        page("Settings", "countries", "/console/settings/countries");
        page("Settings", "limits", "/console/settings/limits");
        page("SignInPolicyPage", "", "/console/sign-in-policy");
        page("Passkeys", "", "/console/passkeys");
        page("PhoneStatement", "", "/console/passkeys/statement");
        page("Mail", "", "/console/mail");
        page("PageTexts", "", "/console/page-texts");
        page("ConformanceReport", "", "/console/conformance");
    }

    /** The stylesheet of the tenant's own colours, which only an administrator is given. */
    private static void colours(String html) throws Exception {
        var address = html.replaceFirst("(?s).*?href=\"([^\"]+)\" id=\"look\".*", "$1")
                .replace("&amp;", "&");
        Files.writeString(FOLDER.resolve("look.css"), console.open(address).html());
    }

    private static void beside() throws Exception {
        var stranger = new Browser(tenant);
        page("First", "", () -> stranger.open("/console/first?token=x"));
        page("Front", "", () -> stranger.open("/"));
        page("Stop", "", () -> Console.of(tenant, Set.of()).open("/console/nothing"));
        page("reference", "index", () -> stranger.open("/docs"));
        page("reference", "group", () -> stranger.open("/docs/mfa-api"));
        page("reference", "guides", () -> stranger.open("/docs/guides"));
        page("reference", "manual", () -> stranger.open("/docs/manual/routes"));
        page("localphone", "empty", () -> stranger.open("/dev/phone"));
        Ringcode.shared()
                .bean(Tenants.class)
                .set(
                        tenant.id(),
                        SelectedProvider.SETTING,
                        new SelectedProvider("auth0"),
                        Ringcode.shared().clock().instant());
        var number = TestTenant.newNumber();
        tenant.associate(tenant.mfaToken(tenant.person()), "sms", number);
        tenant.associate(tenant.mfaToken(tenant.person()), "voice", TestTenant.newNumber());
        page("localphone", "", () -> stranger.open("/dev/phone?to=" + Browser.encode(number)));
        page("mailbox", "", () -> stranger.open("/dev/mailbox"));
    }

    /** On a server of its own, whose tenants no other test makes. */
    private static void tenants() throws Exception {
        try (var carrier = new FakeCarrier();
                var server = Ringcode.on(TestDatabase.freshDatabase(), carrier, new TestClock())) {
            var first = Console.of(TestTenant.prepare(server, TenantId.DEFAULT, "localhost"));
            first.post("/console/tenants", "name", "acme", "domain", "acme.test", "friendly_name", "Acme");
            page("Tenants", "", () -> first.open("/console/tenants"));
        }
    }

    private static String link(String html, String to) {
        return html.replaceFirst("(?s).*?href=\"(" + to + "[^\"?]+)\".*", "$1");
    }

    private interface Opening {
        Place open() throws Exception;
    }

    private static void page(String template, String variant, String path) throws Exception {
        page(template, variant, () -> console.open(path));
    }

    private static void page(String template, String variant, Opening opening) throws Exception {
        tenant.server().clock().advance(ENOUGH_FOR_CALLS);
        var place = opening.open();
        var name = variant.isEmpty() ? template : template + "-" + variant;
        assertThat(place.html()).as(name).startsWith("<!doctype html>");
        NAMES.add(template);
        var file = FOLDER.resolve("en-" + name + ".html");
        Files.writeString(file, place.html());
        var csp = place.whole().headers().firstValue("Content-Security-Policy").orElse("");
        var largest = LONG.contains(template) ? LONGEST : PageLook.LARGEST;
        // The reference folds its menu where it finds itself on a phone, and is judged by tests of its own: its rules
        // take a minute for
        // the longest pages.
        var folds = template.equals("reference");
        var together = folds ? List.of("light", "rtl", "dark") : VIEWS;
        PAGES.add(look(name, "desktop", together, folds ? List.of() : List.of("light", "dark"), largest, csp, file));
        if (folds) PAGES.add(look(name, "phone", List.of("phone"), List.of(), largest, csp, file));
    }

    private static PageLook look(
            String name, String kind, List<String> views, List<String> judged, int largest, String csp, Path file) {
        return new PageLook(name, tenant.host(), kind, views, views, judged, 0, largest, csp, file.toString());
    }

    @Test
    void every_template_is_among_them() throws Exception {
        try (var templates = Files.list(TEMPLATES)) {
            assertThat(templates
                            .map(file -> file.getFileName().toString().replace(".jte", ""))
                            .filter(name -> Character.isUpperCase(name.charAt(0)) && !PARTS.contains(name)))
                    .allSatisfy(name -> assertThat(NAMES).contains(name));
        }
    }

    @TestFactory
    Stream<DynamicTest> pages() throws Exception {
        return PageLook.tests(PAGES, FOLDER, looks, chromium, node);
    }
}
