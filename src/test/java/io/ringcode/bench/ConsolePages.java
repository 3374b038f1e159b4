package io.ringcode.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringcode.Ringcode;
import io.ringcode.TestDatabase;
import io.ringcode.TestTenant;
import io.ringcode.carrier.FakeCarrier;
import io.ringcode.console.Console;
import io.ringcode.database.BackgroundWork;
import io.ringcode.delivery.TestClock;
import io.ringcode.login.Browser;
import io.ringcode.schedule.RecurringTask;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The console's pages with a million users, their phones, a million messages and two million lines of log stored: from the
 * request on a kept connection to the whole page, in one process with the server.
 */
final class ConsolePages {
    private static final int STORED = Integer.getInteger("ringcode.bench.stored", 1_000_000);
    private static final int CALLS = 300;
    private static final int LINES_OF_A_TRANSACTION = 1_000;

    private ConsolePages() {}

    static void measure() throws Exception {
        var database = TestDatabase.freshDatabase();
        try (var carrier = new FakeCarrier();
                var server = Ringcode.on(database, carrier, new TestClock());
                var http = HttpClient.newHttpClient()) {
            var tenant = server.tenant();
            var known = "+14155550188";
            var person = tenant.enrolled(known);
            var console = Console.of(tenant);
            Report.progress("stores " + STORED + " of each");
            // By a connection of its own, without the time limits of the server's.
            var connections = new DriverManagerDataSource(database.url(), database.user(), database.password());
            store(JdbcClient.create(connections), tenant);
            Report.progress("waits for places in the log's chain");
            try (var connection = connections.getConnection()) {
                LogChain.placed(connection);
            }
            Report.progress("sums the messages");
            // The server may have begun on its own.
            server.bean(JdbcClient.class).sql("DELETE FROM figure_until").update();
            var begin = System.nanoTime();
            server.clock().advance(Duration.ofMinutes(6));
            BackgroundWork.run(server.bean("figureRolls", RecurringTask.class)::run);
            var summed = System.nanoTime() - begin;
            say(pages(person, known), tenant, console, http);
            System.out.printf(
                    Locale.ROOT, "%nSumming %,d messages of a month anew took %.1f s.%n", STORED, summed / 1e9);
        }
    }

    private static Map<String, String> pages(TestTenant.Person person, String known) {
        var pages = new LinkedHashMap<String, String>();
        pages.put("Overview, 30 days", "/console");
        pages.put("Overview, 90 days", "/console?days=90");
        pages.put("Phone factor", "/console/phone");
        pages.put("an account with a carrier", "/console/phone/carriers/twilio");
        pages.put("Templates", "/console/templates");
        pages.put("Scripts", "/console/hooks");
        pages.put("Routes", "/console/routes");
        pages.put("Fraud guard", "/console/fraud");
        pages.put("Fraud guard, decisions by rule", "/console/fraud?rule=country&since=week");
        pages.put("Fraud guard, decisions of a scope", "/console/fraud?scope_key=PREFIX_3%20%2B2289017");
        pages.put("Numbers, budgets and prices", "/console/fraud/limits");
        pages.put("Messages", "/console/messages");
        pages.put("Messages, failed ones", "/console/messages?state=failed");
        pages.put("Users, the newest", "/console/users");
        pages.put("Users, by address", "/console/users?q=" + Browser.encode(person.email()));
        pages.put("Users, by the beginning of a name", "/console/users?q=Given1234");
        pages.put("Users, by last digits", "/console/users?q=" + known.substring(known.length() - 4));
        pages.put("Users, by number", "/console/users?q=" + Browser.encode(known));
        pages.put("one user", "/console/users/" + Browser.encode(person.id().value()));
        pages.put("Log", "/console/log");
        pages.put("Log, by type", "/console/log?q=" + Browser.encode("type:gd_auth_failed"));
        pages.put("Settings", "/console/settings");
        pages.put("Clients", "/console/clients");
        pages.put("Administrators", "/console/administrators");
        return pages;
    }

    private static void say(Map<String, String> pages, TestTenant tenant, Console console, HttpClient http)
            throws Exception {
        System.out.println();
        System.out.println("| page, milliseconds | p50 | p95 | KB |");
        System.out.println("|---|---|---|---|");
        var cookies = console.browser.cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
        for (int round = 0; round < 2; round++) // the first one warms up
        for (var page : pages.entrySet()) {
                var request = HttpRequest.newBuilder(
                                URI.create("http://localhost:" + tenant.server().port() + page.getValue()))
                        .header("Host", tenant.host())
                        .header("Cookie", cookies)
                        .build();
                var times = new double[CALLS];
                var size = 0;
                for (int call = 0; call < CALLS; call++) {
                    // Nobody is quicker than the API allows.
                    tenant.server().clock().advance(Duration.ofSeconds(1));
                    var begin = System.nanoTime();
                    var answer = http.send(request, BodyHandlers.ofString(UTF_8));
                    times[call] = (System.nanoTime() - begin) / 1e6;
                    if (answer.statusCode() != 200)
                        throw new IllegalStateException(page + ": " + answer.statusCode() + " " + answer.body());
                    size = answer.body().length();
                }
                Arrays.sort(times);
                if (round == 1)
                    System.out.printf(
                            Locale.ROOT,
                            "| %s | %.1f | %.1f | %d |%n",
                            page.getKey(),
                            times[CALLS / 2],
                            times[CALLS * 95 / 100],
                            size / 1024);
            }
    }

    /** What no page opens is filled with anything. */
    private static void store(JdbcClient db, TestTenant tenant) {
        var now = tenant.server().clock().instant().atOffset(java.time.ZoneOffset.UTC);
        for (var sql : STORE)
            db.sql(sql)
                    .param("tenant", tenant.id().value())
                    .param("n", STORED)
                    .param("now", now)
                    .update();
        // In transactions as small as those of a busy server, since each is chained as a whole.
        for (int first = 1; first <= 2 * STORED; first += LINES_OF_A_TRANSACTION)
            db.sql(LOG)
                    .param("tenant", tenant.id().value())
                    .param("n", STORED)
                    .param("now", now)
                    .param("first", first)
                    .param("last", Math.min(first + LINES_OF_A_TRANSACTION - 1, 2 * STORED))
                    .update();
        // What a server that has been there for a month has behind it.
        db.sql("VACUUM ANALYZE").update();
    }

    private static final String LOG = """
        INSERT INTO log (tenant_id, id, at, type, user_id, data)
        SELECT :tenant, '900' || to_char(at AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSMS') || lpad(i::text, 12, '0'), at,
               (ARRAY['gd_auth_succeed', 'gd_auth_failed', 'gd_send_sms', 'sepft'])[1 + i % 4],
               'auth0|' || lpad((i % :n)::text, 24, '0'), '{"description":"Second factor right","ip":"198.51.100.7"}'
          FROM generate_series(:first, :last) AS i,
               LATERAL (SELECT :now::timestamptz - i * (interval '29 days' / (2 * :n))) AS times (at)
        """;

    private static final String[] STORE = {"""
        INSERT INTO app_user (tenant_id, id, connection, email, email_verified, name, created_at, updated_at)
        SELECT :tenant, 'auth0|' || lpad(i::text, 24, '0'), 'Username-Password-Authentication', 'user' || i || '@example.org',
               true, 'Given' || i || ' Family' || i % 1000, :now::timestamptz - i * interval '1 s', :now
          FROM generate_series(1, :n) AS i
        """, """
        INSERT INTO enrollment (tenant_id, id, user_id, kind, phone_sealed, phone_index, phone_tail, channel, created_at,
                                confirmed_at)
        SELECT :tenant, 'dev_' || lpad(i::text, 16, '0'), 'auth0|' || lpad(i::text, 24, '0'), 'phone', '\\x00',
               decode(md5(i::text), 'hex'), decode(md5('tail' || i % 10000), 'hex'), 'sms', :now, :now
          FROM generate_series(1, :n) AS i
        """, """
        INSERT INTO message (tenant_id, id, user_id, enrollment_id, channel, provider, language, region, to_sealed, state,
                             attempts, expires_at, created_at, transaction_id)
        SELECT :tenant,
               (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || right(md5(i::text), 19))::uuid,
               'auth0|' || lpad(i::text, 24, '0'), 'dev_' || lpad(i::text, 16, '0'), CASE WHEN i % 9 = 0 THEN 'voice' ELSE 'sms' END,
               (ARRAY['twilio', 'vonage', 'infobip'])[1 + i % 3], 'en', (ARRAY['US', 'DE', 'FR', 'GB', 'BR', 'IN'])[1 + i % 6],
               '\\x00', CASE WHEN i % 50 = 0 THEN 'failed' ELSE 'delivered' END, 1, at + interval '5 min', at, gen_random_uuid()
          FROM generate_series(1, :n) AS i,
               LATERAL (SELECT :now::timestamptz - i * (interval '29 days' / :n)) AS times (at)
        """, """
        INSERT INTO attempt (tenant_id, message_id, number, provider, result, vendor_id, latency_ms, at)
        SELECT tenant_id, id, 1, provider, CASE WHEN state = 'failed' THEN 'refused' ELSE 'accepted' END, id::text, 200,
               created_at + interval '200 ms'
          FROM message WHERE tenant_id = :tenant
        ON CONFLICT DO NOTHING
        """, """
        INSERT INTO fraud_decision (tenant_id, id, rule, scope, scope_key, value, threshold, answer, mode, done, count, country, channel,
                                    session, user_id, price, currency)
        SELECT :tenant, (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || right(md5(i::text), 19))::uuid,
               CASE WHEN i % 5000 = 0 THEN 'country' ELSE 'number_range' END, 'prefix:+22890' || i % 50, 'PREFIX_3 +22890' || i % 50, 9, 6,
               'REFUSE', 'on', CASE WHEN i % 2 = 0 THEN 'ALLOW' ELSE 'REFUSE' END, 1, 'TG', 'sms', gen_random_uuid(),
               'auth0|' || lpad(i::text, 24, '0'), 0.1, 'USD'
          FROM generate_series(1, 100000) AS i, LATERAL (SELECT :now::timestamptz - i * interval '20 s') AS times (at)
        """, """
        INSERT INTO fraud_sum (tenant_id, minutes, from_at, rule, answer, mode, done, decided, currency, count, price, expires_at)
        SELECT :tenant, m, :now::timestamptz - i * m * interval '1 min', rule, 'REFUSE', 'on', 'REFUSE', decided, 'USD', 5, 0.5, :now::timestamptz + interval '30 days'
          FROM generate_series(1, 720) AS i, (VALUES (10), (60)) AS grains (m), (VALUES ('number_range'), ('address'), ('country')) AS rules (rule),
               (VALUES (true), (false)) AS places (decided)
        """, """
        INSERT INTO fraud_scope_sum (tenant_id, scope_key, scope, rule, first_at, last_at, refused, watched, until_at, saved, currency,
                                     expires_at)
        SELECT :tenant, 'PREFIX_3 +22890' || i, 'prefix:+22890' || i, 'number_range', at, at, 7, 1, at + interval '1 h', 0.7, 'USD',
               :now::timestamptz + interval '30 days'
          FROM generate_series(1, 5000) AS i, LATERAL (SELECT :now::timestamptz - i * interval '10 s') AS times (at)
        """};
}
