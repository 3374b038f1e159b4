package io.ringcode.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringcode.SoftKey;
import io.ringcode.TestTenant;
import io.ringcode.TestTenant.Person;
import io.ringcode.factor.Factors;
import io.ringcode.factor.PasskeyPolicy;
import io.ringcode.login.Browser.Place;
import io.ringcode.tenant.Tenants;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sign-ins of a tenant that has security keys and devices switched on. */
public record Passkeys(TestTenant tenant) {
    private static final Pattern OPTIONS = Pattern.compile("data-(?:options|passkey)=\"([^\"]+)\"");

    /** What the pages' script adds where the device can recognize its owner. */
    public static String[] able() {
        return new String[] {"webauthn-platform-available", "true"};
    }

    public static Passkeys of(TestTenant tenant, String... on) {
        var switches = new HashMap<String, Boolean>();
        for (var factor : on) switches.put(factor, true);
        var settings = tenant.server().bean(Tenants.class);
        settings.set(
                tenant.id(),
                Factors.FACTORS,
                new Factors.Switches(Map.copyOf(switches)),
                tenant.server().clock().instant());
        return new Passkeys(tenant);
    }

    /** The same with a plan for leaving the phone. */
    public Passkeys plan(PasskeyPolicy plan) {
        var now = tenant.server().clock().instant();
        tenant.server().bean(Tenants.class).set(tenant.id(), PasskeyPolicy.NAME, plan, now);
        return this;
    }

    /** As a browser tells it. */
    public String origin() {
        return "http://" + tenant.host();
    }

    public static JsonNode options(Place page) {
        var found = OPTIONS.matcher(page.html());
        assertThat(found.find()).as(page.html()).isTrue();
        return JsonMapper.shared()
                .readTree(found.group(1)
                        .replace("&#34;", "\"")
                        .replace("&quot;", "\"")
                        .replace("&amp;", "&"));
    }

    public Place password(Browser browser, Person person, String address) {
        var page = browser.open(address);
        return browser.send(page, "username", person.email(), "password", person.password());
    }

    /** The same on a device that can recognize its owner. */
    public Place onDevice(Browser browser, Person person, String address) {
        var page = browser.open(address);
        return browser.send(
                page, "username", person.email(), "password", person.password(), "webauthn-platform-available", "true");
    }

    public Place create(Browser browser, Place page, SoftKey key) {
        return browser.send(page, "response", key.create(options(page), origin()));
    }

    public Place sign(Browser browser, Place page, SoftKey key) {
        return browser.send(page, "response", key.sign(options(page), origin()));
    }

    /** From the page of the phone to its end. */
    public Place code(Browser browser, Place page, String number, String... more) {
        var at = page.screen().equals("mfa-phone-challenge") ? browser.send(page, "type", "sms") : page;
        var fields = new String[more.length + 2];
        fields[0] = "code";
        fields[1] = tenant.code(number);
        System.arraycopy(more, 0, fields, 2, more.length);
        return browser.send(at, fields);
    }

    /** A person whose first and only factor is this key. */
    public Person withKey(SoftKey key, WebApp app) {
        var person = tenant.person();
        var browser = new Browser(tenant);
        var page = password(browser, person, app.authorize());
        if (page.screen().equals("mfa-begin-enroll-options")) page = browser.send(page, "action", "webauthn-roaming");
        page = create(browser, page, key);
        page = browser.send(page, "nickname", "key ring");
        if (page.screen().equals("mfa-recovery-code-enrollment")) page = browser.send(page, "saved", "on");
        assertThat(page.parameter("code")).as(page.html()).isNotEmpty();
        return person;
    }
}
