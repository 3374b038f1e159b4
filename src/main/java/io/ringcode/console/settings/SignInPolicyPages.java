package io.ringcode.console.settings;

import io.ringcode.client.Caller;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.Form;
import io.ringcode.console.view.PageFrame;
import io.ringcode.console.view.SecondLook;
import io.ringcode.console.view.SignInPolicyView;
import io.ringcode.console.view.Visitor;
import io.ringcode.geoip.GeoIp;
import io.ringcode.management.ManagementCalls;
import io.ringcode.management.tenant.SignInPolicyController;
import io.ringcode.management.tenant.SignInPolicyController.Policy;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/** Who is asked for a second factor: the rules, in order, and what a failed action comes to. */
@Controller
class SignInPolicyPages {
    private static final String AT = "/console/sign-in-policy";

    private static final Map<String, String> FIELDS = Map.ofEntries(
            Map.entry("rules", "any-factor"),
            Map.entry("rules.ask", "any-factor"),
            Map.entry("rules.clients", "clients"),
            Map.entry("rules.metadata", "metadata"),
            Map.entry("rules.value", "value"),
            Map.entry("rules.new_browser", "new_browser"),
            Map.entry("rules.days", "days"),
            Map.entry("rules.new_country", "new_country"),
            Map.entry("rules.risk", "risk"),
            Map.entry("failed_action", "deny"));

    private static final SecondLook.Risk REMOVAL = SecondLook.Risk.of(
            "Remove this rule?",
            "Remove rule",
            AT,
            "From the next sign-in, the rules after it or the tenant's policy decide.");

    private static final Form NOTHING = new Form(Map.of(), null);

    private final ManagementCalls calls;
    private final SignInPolicyController policies;
    private final ConsolePages pages;
    private final SecondLook look;
    private final Tenants tenants;
    private final GeoIp geoIp;

    SignInPolicyPages(
            ManagementCalls calls,
            SignInPolicyController policies,
            ConsolePages pages,
            SecondLook look,
            Tenants tenants,
            GeoIp geoIp) {
        this.calls = calls;
        this.policies = calls.guarded(policies);
        this.pages = pages;
        this.look = look;
        this.tenants = tenants;
        this.geoIp = geoIp;
    }

    @GetMapping(AT)
    void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        show(request, response, 200, null, NOTHING);
    }

    @PostMapping(AT + "/add")
    void add(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var typed = Form.typed(request);
        change(request, response, typed, stored -> {
            var position = position(typed);
            if (position == null) stored.add(rule(typed));
            else stored.add(Math.max(0, Math.min(position - 1, stored.size())), rule(typed));
        });
    }

    @PostMapping(AT + "/remove")
    void remove(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!look.confirmed(request, response, "asked", REMOVAL)) return;
        // By what it says, not by its place: another administrator may have added one before it.
        var rule = Form.typed(request).text("rule");
        change(
                request,
                response,
                NOTHING,
                stored -> stored.stream()
                        .filter(one -> one.toString().equals(rule))
                        .findFirst()
                        .ifPresent(stored::remove));
    }

    @PostMapping(AT + "/failed-action")
    void failedAction(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var typed = Form.typed(request);
        set(request, response, NOTHING, (_, body) -> body.put("failed_action", typed.text("failed_action")));
    }

    private static @Nullable Integer position(Form typed) {
        var text = typed.given("position");
        return text != null && text.matches("[0-9]{1,4}") ? Integer.valueOf(text) : null;
    }

    private static Map<String, ?> rule(Form typed) {
        var rule = new HashMap<String, @Nullable Object>();
        rule.put("ask", typed.text("ask"));
        rule.put("clients", typed.list("clients"));
        rule.put("metadata", typed.given("metadata"));
        rule.put("value", typed.given("value"));
        rule.put("new_browser", typed.on("new_browser"));
        rule.put("days", typed.number("days"));
        rule.put("new_country", typed.on("new_country"));
        rule.put("risk", typed.given("risk"));
        return rule;
    }

    private interface RulesChange {
        void make(List<Object> rules);
    }

    private interface BodyChange {
        void make(List<Object> rules, Map<String, Object> body);
    }

    private void change(HttpServletRequest request, HttpServletResponse response, Form typed, RulesChange change)
            throws IOException {
        set(request, response, typed, (rules, _) -> change.make(rules));
    }

    /** What is stored, with one change: the API sets all of it. */
    private void set(HttpServletRequest request, HttpServletResponse response, Form typed, BodyChange change)
            throws IOException {
        var caller = Visitor.of(request).caller();
        var stored = calls.answer(() -> policies.policy(caller));
        var answer = stored;
        if (stored.isGood()) {
            var rules = new ArrayList<Object>(
                    stored.body().path("rules").valueStream().toList());
            var body = new HashMap<String, Object>();
            body.put("failed_action", stored.body().path("failed_action").asString());
            body.put("rules", rules);
            change.make(rules, body);
            answer = calls.answer(Policy.class, body, wanted -> policies.setPolicy(caller, wanted));
        }
        if (answer.isGood()) ConsolePages.seeOther(response, AT + "?said=saved");
        else show(request, response, 400, answer.problem(), typed);
    }

    private void show(
            HttpServletRequest request, HttpServletResponse response, int status, @Nullable String problem, Form typed)
            throws IOException {
        Caller caller = Visitor.of(request).caller();
        var policy = calls.answer(() -> policies.policy(caller));
        pages.write(
                response,
                status,
                new SignInPolicyView.SignInPolicyPage(
                        PageFrame.of(request, tenants, "asked", problem).named(FIELDS),
                        policy.body().path("rules"),
                        Form.of(policy),
                        typed,
                        geoIp.hasFiles()));
    }
}
