package io.ringcode.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.TestTenant;
import io.ringcode.administrator.Administrators;
import io.ringcode.client.ManagementScopes;
import io.ringcode.login.Browser;
import io.ringcode.login.Browser.Place;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** An administrator at the console, who came in by a link and a phone. */
public final class Console {
    private static final Pattern ASKED = Pattern.compile("<label for=\"typed_name\">Type <strong>([^<]+)</strong>");
    private static final AtomicInteger NEXT = new AtomicInteger();
    public static final String PASSWORD = "a password for the console";

    public final Browser browser;
    public final String email = "admin" + NEXT.incrementAndGet() + "@example.com";
    private final TestTenant tenant;

    private Console(TestTenant tenant) {
        this.tenant = tenant;
        this.browser = new Browser(tenant);
    }

    public static Console of(TestTenant tenant) {
        return of(tenant, ManagementScopes.ALL);
    }

    public static Console of(TestTenant tenant, Set<String> scopes) {
        var console = new Console(tenant);
        var page = console.browser.post("/console/first", console.accepting(link(tenant, scopes)));
        var number = TestTenant.newNumber();
        page = console.browser.send(page, "action", "phone");
        page = console.browser.send(page, "phone", number, "type", "sms");
        page = console.browser.send(page, "code", tenant.code(number));
        page = console.browser.send(page, "saved", "on");
        assertThat(page.address()).isEqualTo("/console");
        return console;
    }

    static String link(TestTenant tenant, Set<String> scopes) {
        var server = tenant.server();
        return server.bean(Administrators.class)
                .link(tenant.id(), scopes, server.clock().instant());
    }

    String accepting(String token) {
        return "token=" + token + "&email=" + Browser.encode(email) + "&password=" + Browser.encode(PASSWORD);
    }

    public Place open(String path) {
        return browser.open(path);
    }

    /** @param fields names and values by turns */
    public Place post(String path, String... fields) {
        var body = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2)
            body.append(body.isEmpty() ? "" : "&").append(fields[i]).append('=').append(Browser.encode(fields[i + 1]));
        return browser.post(path, body.toString());
    }

    /** The same of what asks first whether one is sure, unless it refuses; with the name typed where it asks for one. */
    public Place sure(String path, String... fields) {
        var page = post(path, fields);
        if (!page.html().contains("What will happen")) {
            assertThat(page.status()).as("%s asks nobody", path).isBetween(400, 499);
            return page;
        }
        var typed = ASKED.matcher(page.html());
        var more = Arrays.copyOf(fields, fields.length + 4);
        more[fields.length] = "sure";
        more[fields.length + 1] = "yes";
        more[fields.length + 2] = "typed_name";
        more[fields.length + 3] = typed.find() ? typed.group(1).replace("&amp;", "&") : "";
        return post(path, more);
    }

    TestTenant tenant() {
        return tenant;
    }
}
