package io.ringcode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.TestTenant.Person;
import io.ringcode.action.Scripts;
import io.ringcode.action.Trigger;
import io.ringcode.administrator.Administrators;
import io.ringcode.authorization.GrantType;
import io.ringcode.batch.RetriedTransaction;
import io.ringcode.budget.Budgets;
import io.ringcode.budget.Charge;
import io.ringcode.carrier.CarrierReply;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.client.Api;
import io.ringcode.client.Apis;
import io.ringcode.client.Caller;
import io.ringcode.client.ClientId;
import io.ringcode.client.Clients;
import io.ringcode.client.Connections;
import io.ringcode.client.ManagementScopes;
import io.ringcode.console.Console;
import io.ringcode.delivery.TestClock;
import io.ringcode.delivery.builtin.Inbox;
import io.ringcode.factor.PasskeyOffers;
import io.ringcode.fraud.FraudRules;
import io.ringcode.login.Browser;
import io.ringcode.login.Links;
import io.ringcode.login.WebApp;
import io.ringcode.management.Admin;
import io.ringcode.management.ManagementClient;
import io.ringcode.notice.PasswordLinks;
import io.ringcode.schedule.RecurringTask;
import io.ringcode.secret.Keyring;
import io.ringcode.secret.SealedColumn;
import io.ringcode.secret.SealedColumn.Form;
import io.ringcode.server.storage.MasterKey;
import io.ringcode.tenant.Origin;
import io.ringcode.tenant.Tenants;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Whoever reads the whole database, or the whole log, learns no number, no code, no token and no key. */
class SecretsAtRestTest {
    private static final String OTP = GrantType.MFA_OTP.wire();

    private final Recording log = new Recording();
    private final FakeCarrier carrier = new FakeCarrier();
    private final Path keys = keyFile();
    private final Ringcode server = Ringcode.on(
            TestDatabase.freshDatabase(),
            carrier,
            new TestClock(),
            Map.of("RINGCODE_MASTER_KEY", "", "RINGCODE_MASTER_KEY_FILE", keys.toString()));
    private final TestTenant tenant = server.tenant();
    private final ManagementClient admin = ManagementClient.of(tenant, ManagementScopes.ALL.toArray(String[]::new));
    private final JdbcClient db = server.bean(JdbcClient.class);
    private final Secrets secrets = new Secrets();

    @AfterEach
    void close() {
        log.close();
        server.close();
        carrier.close();
    }

    @Test
    void nothing_that_opens_anything_is_readable_in_the_database_or_the_log() throws Exception {
        LoggingSystem.get(getClass().getClassLoader()).setLogLevel("io.ringcode", LogLevel.TRACE);
        everythingThatPeopleDo();
        LoggerFactory.getLogger(getClass()).error("The last line");

        var tables = tables();
        assertThat(secrets.all())
                .hasSizeGreaterThan(35)
                .noneSatisfy((_, value) -> assertThat(value).isBlank());
        for (var table : tables.entrySet()) {
            assertThat(table.getValue()).as("rows of " + table.getKey()).isNotEmpty();
            assertThat(secrets.foundIn(table.getValue()))
                    .as("secrets in " + table.getKey())
                    .isEmpty();
        }
        assertThat(log.text()).contains("The last line");
        assertThat(secrets.foundIn(log.text())).as("secrets in the log").isEmpty();

        var told = new Secrets();
        told.add("a name that is no secret", "Seen everywhere");
        assertThat(told.foundIn(String.join("", tables.values())))
                .as("a search that finds")
                .isNotEmpty();
        assertThat(told.foundIn("00" + HexFormat.of().formatHex("Seen everywhere".getBytes(UTF_8))))
                .isNotEmpty();
        turnsTheMasterKey();
    }

    private static Path keyFile() {
        try {
            var file = Files.createTempFile("ringcode", ".key");
            file.toFile().deleteOnExit();
            return Files.writeString(file, Ringcode.MASTER_KEY);
        } catch (IOException full) {
            throw new IllegalStateException(full);
        }
    }

    /** Everything that is stored opens under the new key alone. */
    private void turnsTheMasterKey() throws Exception {
        // Before time passes, in which a text that waits is sent and erased.
        for (var column : server.beans(SealedColumn.class))
            assertThat(db.sql("SELECT count(*) FROM " + column.table() + " WHERE " + column.rows())
                            .query(Long.class)
                            .single())
                    .as(column.table() + "." + column.column())
                    .isPositive();
        var fresh = MasterKey.random();
        Files.writeString(keys, Base64.getEncoder().encodeToString(fresh.bytes()) + "\n" + Ringcode.MASTER_KEY);
        runTask("master-key");
        server.clock().advance(Duration.ofSeconds(61));
        for (int i = 0; i < 3; i++) runTask("reseal");
        assertThat(db.sql("SELECT count(*) FROM master_key WHERE empty_at IS NOT NULL")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        var alone = new Keyring();
        alone.settle(List.of(fresh), fresh.id(), "00000000", fresh);
        for (var column : server.beans(SealedColumn.class)) {
            var values = db.sql("SELECT " + column.context() + " AS context, " + column.column() + " AS value FROM "
                            + column.table() + " WHERE " + column.rows())
                    .query((row, _) -> opened(column, alone, row))
                    .list();
            assertThat(values).as(column.table() + "." + column.column()).doesNotContain(false);
        }
    }

    private static boolean opened(SealedColumn column, Keyring alone, ResultSet row) throws SQLException {
        var sealer = alone.sealer(column.purpose());
        var context = row.getString("context");
        return switch (column.form()) {
            case Form.Bytes _ -> sealer.open(row.getBytes("value"), context).isPresent();
            case Form.Token(var member) ->
                sealer.openToken(
                                Answer.JSON
                                        .readTree(row.getString("value"))
                                        .path(member)
                                        .asString(),
                                context)
                        .isPresent();
            case Form.Members _ ->
                Answer.JSON.readTree(row.getString("value")).properties().stream()
                        .allMatch(member -> sealer.open(
                                        Base64.getDecoder()
                                                .decode(member.getValue().asString()),
                                        context + "\n" + member.getKey())
                                .isPresent());
        };
    }

    private void runTask(String name) {
        for (var task : server.beans(RecurringTask.class)) if (task.name().equals(name)) task.run();
    }

    private void everythingThatPeopleDo() throws Exception {
        secret("the master key", Ringcode.MASTER_KEY);
        secret("the client's secret", tenant.clientSecret());
        secret("Twilio's first token", "the-token-of-twilio");
        secret("Twilio's token", "another-token-of-twilio");
        secret("the administrator's token", admin.token());
        admin.put("/phone/providers/twilio", Map.of("auth_token", "another-token-of-twilio"));
        server.bean(Apis.class)
                .create(
                        tenant.id(),
                        new Api("https://api.example", Set.of(), Duration.ofHours(1)),
                        server.clock().instant());
        new Administration(tenant, admin.token(), secrets).everything();
        var ann = tenant.person();
        db.sql("UPDATE app_user SET name = 'Seen everywhere'").update();
        secret("a password", ann.password());
        signsInWith(ann, "sms");
        var recoveryCode = signsInWith(tenant.person(), "voice");
        losesThePhone(ann, recoveryCode);
        signsInOnPages(tenant.person());
        isSummed();
        isPumpedAndPays();
        administersOnPages();
        waitsForTheCarrier(tenant.person());
        usesTheInbox(tenant.person());
        usesScriptsThatTell(tenant.person());
        hearsOfItsMessages();
        forgetsAPassword(tenant.person());
        var sealer = server.bean(Keyring.class).sealer("signing-key");
        for (var key : db.sql("SELECT * FROM signing_key")
                .query((row, _) ->
                        sealer.openOwn(row.getBytes("jwk_sealed"), row.getString("tenant_id"), row.getString("kid")))
                .list()) {
            var members = Answer.JSON.readTree(key);
            secret("an exponent of " + members.path("kid"), members.path("d").asString());
            secret("a prime of " + members.path("kid"), members.path("p").asString());
        }
        secret("an unreadable body", "{\"binding_code\":\"tell-nobody-4711");
        tenant.send(tenant.request("/oauth/token", null)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"binding_code\":\"tell-nobody-4711")));
    }

    /** Once to the end, so that there are a session, a remembered browser and a code; and once no further than the recovery code. */
    private void signsInOnPages(TestTenant.Person person) {
        var app = WebApp.of(tenant);
        var browser = new Browser(tenant);
        var shown = bindsOnPages(app, browser, person, number("pages"));
        browser.send(shown, "saved", "on");
        var number = number("pages again");
        var known = tenant.enrolled(number);
        var page = browser.open(app.authorize("prompt", "login"));
        isOfferedAndStreams(known);
        page = browser.send(page, "username", known.email(), "password", known.password());
        page = browser.send(page, "type", "sms");
        page = browser.send(page, "code", secret("a code on a page", tenant.code(number)), "rememberBrowser", "true");
        secret("an authorization code", page.parameter("code"));
        browser.cookies.forEach((name, value) -> secret("the cookie " + name, value));
        var other = new Browser(tenant);
        bindsOnPages(app, other, tenant.person(), number("unfinished"));
        other.cookies.forEach((name, value) -> secret("the other cookie " + name, value));
        var policy = "{'failed_action':'deny','rules':[%s]}";
        var settings = new Admin(tenant, admin.token());
        settings.put("/guardian/sign-in-policy", policy.formatted("{'ask':'nothing','new_country':true}"));
        server.clock().advance(Duration.ofSeconds(1));
        var abroad = new Browser(tenant);
        var traveller = tenant.person();
        page = abroad.open(app.authorize());
        page = abroad.send(page, "username", traveller.email(), "password", traveller.password());
        secret("a traveller's authorization code", page.parameter("code"));
        settings.put("/guardian/sign-in-policy", policy.formatted(""));
        server.clock().advance(Duration.ofSeconds(1));
    }

    /** Is asked for a passkey, and has the log carried elsewhere. */
    private void isOfferedAndStreams(TestTenant.Person person) {
        var offers = server.bean(PasskeyOffers.class);
        assertThat(offers.make(
                        tenant.id(),
                        person.id(),
                        PasskeyOffers.Device.PHONE,
                        server.clock().instant()))
                .isPresent();
        var sink = Map.of(
                "httpEndpoint",
                        "https://" + secret("where a log stream leads to", "logs-of-ours.example.com/path-of-ours"),
                "httpAuthorization", "Bearer " + secret("the key of a log stream", "the-key-of-our-log-stream"));
        var stream = new Admin(tenant, admin.token()).post("/log-streams", Map.of("type", "http", "sink", sink));
        secret(
                "what a log stream signs with",
                stream.body().path("sink").path("httpSigningSecret").asString());
    }

    /** Gets a link, and a notice with another; somebody else's waits to be sent. */
    private void forgetsAPassword(TestTenant.Person person) throws Exception {
        tenant.tellingOwners();
        var links = server.bean(PasswordLinks.class);
        var client = server.bean(Clients.class)
                .find(tenant.id(), new ClientId(tenant.clientId()))
                .orElseThrow();
        var caller = new Caller(client, new Origin("198.51.100.7", true, null, tenant.host()));
        links.ask(caller, Connections.DEFAULT, person.email(), Locale.ENGLISH);
        var mail =
                Links.mail(tenant, person.email(), "reset-verify").path("text").asString();
        secret("a link for a new password", Links.in(mail).replaceAll(".*ticket=", ""));
        new Browser(tenant).open(Links.in(mail));
        new Admin(tenant, admin.token()).patch("/users/" + person.id().value(), Map.of("password", "new and secret"));
        secret("a new password", "new and secret");
        var told = Links.mail(tenant, person.email(), "u/not-me").toString();
        secret("a link for not me", Links.in(told).replaceAll(".*t=([A-Za-z0-9]+).*", "$1"));
        links.ask(caller, Connections.DEFAULT, person.email(), Locale.ENGLISH);
        Links.mail(tenant, person.email(), "reset-verify");
        new TransactionTemplate(server.bean(PlatformTransactionManager.class)).executeWithoutResult(_ -> {
            var address = secret("who forgot a password", "forgetful-4711@example.com");
            links.ask(caller, Connections.DEFAULT, address, Locale.ENGLISH);
            db.sql("UPDATE notice SET due_at = now() + interval '100 years'").update();
        });
        var smtp = Map.of(
                "smtp_host", "smtp.example.com",
                "smtp_user", "me",
                "smtp_pass", secret("the mail server's password", "the-password-of-mail"));
        var server =
                Map.of("name", "smtp", "enabled", false, "default_from_address", "a@example.com", "credentials", smtp);
        assertThat(new Admin(tenant, admin.token())
                        .post("/emails/provider", server)
                        .status())
                .isEqualTo(200);
        var webhook = Map.of("endpoint", "https://notices.example.com/");
        var set = new Admin(tenant, admin.token()).put("/guardian/notices/webhook", webhook);
        secret("what notices are signed with", set.text("signing_secret"));
        assertThat(new Admin(tenant, admin.token())
                        .put("/guardian/factors/phone/texts/verification/voice/de", Map.of("text", "{{ code }} bleibt"))
                        .status())
                .isEqualTo(200);
    }

    private void administersOnPages() {
        var console = Console.of(tenant);
        secret("an administrator's password", Console.PASSWORD);
        console.browser.cookies.forEach((name, value) -> secret("the administrator's cookie " + name, value));
        var now = server.clock().instant();
        secret("a link for an administrator", server.bean(Administrators.class).link(tenant.id(), Set.of(), now));
    }

    private Browser.Place bindsOnPages(WebApp app, Browser browser, TestTenant.Person person, String number) {
        var page = browser.open(app.authorize());
        secret("a state of " + number, page.state());
        page = browser.send(page, "username", person.email(), "password", person.password());
        page = browser.send(page, "action", "phone");
        page = browser.send(page, "phone", number, "type", "sms");
        return browser.send(page, "code", tenant.code(number));
    }

    /** Messages, and a limit that held. */
    private void isSummed() {
        var number = number("guessed at");
        var guarded = Map.of("type", "exponential");
        assertThat(new Admin(tenant, admin.token())
                        .patch("/attack-protection/phone-provider-protection", guarded)
                        .status())
                .isEqualTo(200);
        var login = tenant.mfaToken(tenant.enrolled(number));
        var oob = tenant.challenge(login).text("oob_code");
        for (int guess = 0; guess < 12; guess++) tenant.verify(login, oob, tenant.wrongCode(number));
        server.clock().advance(Duration.ofMinutes(16));
        server.bean("figureRolls", RecurringTask.class).run();
        server.bean("logChaining", RecurringTask.class).run();
        server.bean("logHeads", RecurringTask.class).run();
        db.sql("INSERT INTO recurring_task (name, due_at) VALUES ('figure-rolls', now())")
                .update();
    }

    /** Codes that nobody types to numbers one after the other, within a budget, until the guard speaks; and a receipt with a price. */
    private void isPumpedAndPays() {
        var api = new Admin(tenant, admin.token());
        var budget = Map.of("scope", "tenant", "period", "day", "limit", 1000);
        assertThat(api.put(
                                "/guardian/factors/phone/fraud/budgets",
                                Map.of("currency", "USD", "budgets", List.of(budget)))
                        .status())
                .isEqualTo(200);
        api.put("/guardian/factors/phone/fraud/prices/twilio", Map.of("csv", "*,,sms,0.01"));
        server.bean(Tenants.class)
                .set(
                        tenant.id(),
                        FraudRules.NAME,
                        FraudRules.DEFAULT,
                        server.clock().instant());
        var refused = false;
        for (int i = 0; i < 30 && !refused; i++) {
            var number = "+491515555" + (6_000 + i);
            secret("a pumped number " + i, number);
            refused |= tenant.associate(tenant.mfaToken(tenant.person()), "sms", number)
                            .status()
                    == 429;
            server.clock().advance(Duration.ofSeconds(5));
        }
        assertThat(refused).isTrue();
        server.clock().advance(Duration.ofMinutes(6));
        for (var task : server.beans(RecurringTask.class)) if (task.name().startsWith("fraud-")) task.run();
        var charged = db.sql("SELECT message_id FROM charge LIMIT 1")
                .query(UUID.class)
                .single();
        server.bean(RetriedTransaction.class).execute(() -> {
            server.bean(Budgets.class)
                    .correct(new Charge.Ref(tenant.id(), charged, 1), new BigDecimal("0.0075"), "USD");
            return true;
        });
    }

    /** As a carrier would report; this server has no public address that one could call. */
    private void hearsOfItsMessages() {
        db.sql("""
                INSERT INTO receipt (tenant_id, provider, vendor_id, state, signed, received_at, waiting)
                SELECT tenant_id, provider, vendor_id, 'delivered', true, at, false FROM attempt
                 WHERE provider = 'twilio' AND vendor_id IS NOT NULL
                """).update();
        db.sql("""
                INSERT INTO receipt_call (tenant_id, provider, call_id, expires_at)
                SELECT tenant_id, provider, sha256(vendor_id::bytea), received_at FROM receipt
                """).update();
    }

    /** @return a recovery code of this person */
    private String signsInWith(Person person, String channel) {
        var number = number(channel);
        var demanded = tenant.signIn(person, "scope", "openid profile email offline_access");
        var login = secret(channel + " mfa_token", demanded.text("mfa_token"));
        var bound = tenant.associate(login, channel, number);
        secret(channel + " oob_code", bound.text("oob_code"));
        var recoveryCode = bound.body().path("recovery_codes").get(0).asString();
        secret(channel + " recovery code", recoveryCode);
        secret(channel + " code", tenant.code(number));
        tenant.verify(login, bound.text("oob_code"), secret(channel + " wrong code", tenant.wrongCode(number)));
        var tokens = tenant.verify(login, bound.text("oob_code"), tenant.code(number));
        for (var name : List.of("access_token", "id_token", "refresh_token"))
            secret(channel + " " + name, tokens.text(name));
        var fresh = tenant.token("refresh_token", "refresh_token", tokens.text("refresh_token"));
        secret(channel + " second refresh token", fresh.text("refresh_token"));
        tenant.token("refresh_token", "refresh_token", secret("a token nobody has", "never-issued-refresh-token"));
        if (channel.equals("voice")) losesThePhone(person, recoveryCode);
        return recoveryCode;
    }

    private void losesThePhone(Person person, String recoveryCode) {
        var login = tenant.signIn(person, "audience", tenant.issuer() + "mfa/").text("mfa_token");
        var recovered =
                tenant.token(GrantType.MFA_RECOVERY_CODE.wire(), "mfa_token", login, "recovery_code", recoveryCode);
        if (recovered.status() != 200) return;
        var open = secret("a token for the MFA API", recovered.text("access_token"));
        secret("the next recovery code", recovered.text("recovery_code"));
        var bound = tenant.json("/mfa/associate", open, Map.of("authenticator_types", List.of("otp")));
        var app = new TotpApp(secret("an app's seed", bound.text("secret")));
        var code = secret("an app's code", app.code(server.clock().instant()));
        assertThat(tenant.token(OTP, "mfa_token", open, "otp", code).status()).isEqualTo(200);
    }

    private void waitsForTheCarrier(Person person) {
        var number = number("waiting");
        carrier.next(CarrierReply.twilioError(503, 20503));
        var bound = tenant.associate(tenant.mfaToken(person), "sms", number);
        assertThat(bound.status()).isEqualTo(200);
        secret("a code in flight", tenant.code(number));
    }

    private void usesTheInbox(Person person) {
        admin.put("/phone/selected-provider", "{\"provider\":\"auth0\"}");
        var bound = tenant.associate(tenant.mfaToken(person), "sms", number("inbox"));
        assertThat(bound.status()).isEqualTo(200);
        var text = server.bean(Inbox.class)
                .newestFirst(tenant.id(), null, 1)
                .getFirst()
                .text();
        secret("a text in the inbox", text);
        var code = Pattern.compile("\\d{6}").matcher(text);
        assertThat(code.find()).isTrue();
        secret("a code in the inbox", code.group());
    }

    /** A hook and an action that print all that they are told, and fail with it. */
    private void usesScriptsThatTell(Person person) {
        var scripts = Scripts.of(tenant);
        var given = Map.of("KEY", secret("a script's secret", "the-secret-of-a-script"));
        var number = number("scripts");
        scripts.hook(
                "module.exports = (recipient, text, context, cb) => {"
                        + " console.log('code=' + context.code + ';', recipient, text, context); cb(context.webtask.secrets.KEY + text); };",
                given);
        tenant.associate(tenant.mfaToken(person), "sms", number);
        scripts.action(
                Trigger.SEND_PHONE_MESSAGE,
                "exports.onExecuteSendPhoneMessage = async event => { console.log(event, event.message_options, event.secrets);"
                        + " await require('axios').post('" + carrier.baseUrl()
                        + "/', new URLSearchParams({To: event.message_options.recipient,"
                        + " Body: event.message_options.text}).toString()); throw new Error(event.message_options.recipient); };",
                given);
        tenant.associate(tenant.mfaToken(person), "sms", number);
        secret("a script's code", tenant.code(number));
        scripts.action(
                Trigger.POST_LOGIN,
                "exports.onExecutePostLogin = async (event, api) => { console.log(event.secrets);"
                        + " if (event.request.method === 'GET') api.multifactor.enable('none');"
                        + " api.idToken.setCustomClaim('https://example.com/told', event.secrets.KEY); };",
                given);
        var waiting = tenant.person();
        secret(
                "the mfa_token of claims",
                tenant.signIn(waiting, "scope", "openid").text("mfa_token"));
        var app = WebApp.of(tenant);
        var browser = new Browser(tenant);
        var page = browser.open(app.authorize());
        page = browser.send(page, "username", waiting.email(), "password", waiting.password());
        secret("a code with claims", page.parameter("code"));
        browser.cookies.forEach((name, value) -> secret("the claims' cookie " + name, value));
    }

    private String number(String whose) {
        return secrets.number(whose);
    }

    private String secret(String what, String value) {
        return secrets.add(what, value);
    }

    /** Every row of every table as JSON, in which PostgreSQL writes bytes in hexadecimal. */
    private Map<String, String> tables() {
        var tables = new LinkedHashMap<String, String>();
        // What lies in partitions is read by the table's own name.
        for (var name : db.sql("""
                SELECT relname FROM pg_class
                 WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
                """).query(String.class).list()) {
            var rows = db.sql("SELECT row_to_json(t)::text FROM " + name + " AS t");
            tables.put(name, String.join("\n", rows.query(String.class).list()));
        }
        return tables;
    }
}
