package io.ringcode.action;

import io.ringcode.TestTenant;
import io.ringcode.TestTenant.Person;
import io.ringcode.factor.Factors;
import io.ringcode.factor.SignInPolicy;
import io.ringcode.login.Browser;
import io.ringcode.login.Browser.Place;
import io.ringcode.login.WebApp;
import io.ringcode.tenant.Tenants;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A tenant that asks nobody for a second factor unless its actions or rules do, and sign-ins there. */
public record PostLogins(TestTenant tenant, WebApp app) {
    public static PostLogins of(TestTenant tenant) {
        var now = tenant.server().clock().instant();
        tenant.server().bean(Tenants.class).set(tenant.id(), Factors.POLICIES, Factors.Policies.NEVER, now);
        return new PostLogins(tenant, WebApp.of(tenant));
    }

    public PostLogins policy(SignInPolicy policy) {
        var now = tenant.server().clock().instant();
        tenant.server().bean(Tenants.class).set(tenant.id(), SignInPolicy.NAME, policy, now);
        return this;
    }

    /** Binds actions with this code, in order; what was bound before is not any more. */
    public List<String> run(String... codes) {
        return run(Map.of(), codes);
    }

    public List<String> run(Map<String, String> secrets, String... codes) {
        var server = tenant.server();
        var scripts = new Scripts(tenant);
        return scripts.inTransaction(() -> {
            var ids = new ArrayList<String>();
            for (var code : codes) {
                var change = new Actions.Change(null, code, Map.of(), null, Map.copyOf(secrets));
                var actions = server.bean(Actions.class);
                var name = "action " + System.nanoTime();
                var id = actions.create(tenant.id(), name, Trigger.POST_LOGIN, "v3", change)
                        .script()
                        .id();
                actions.deploy(tenant.id(), id);
                ids.add(id);
            }
            var wanted = ids.stream().map(id -> new Bindings.NewBinding(id, id)).toList();
            server.bean(Bindings.class).set(tenant.id(), Trigger.POST_LOGIN, wanted);
            return List.copyOf(ids);
        });
    }

    /** An action that only says this. */
    public List<String> saying(String statement) {
        return run("exports.onExecutePostLogin = async (event, api) => { " + statement + " };");
    }

    public Place password(Browser browser, Person person, String... more) {
        var page = browser.open(app.authorize(more));
        return browser.send(page, "username", person.email(), "password", person.password());
    }

    /** From the page of the phone to its end. */
    public Place code(Browser browser, Place page, String number) {
        var at = page.screen().equals("mfa-phone-challenge") ? browser.send(page, "type", "sms") : page;
        return browser.send(at, "code", tenant.code(number));
    }
}
