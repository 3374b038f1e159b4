package io.ringcode.console.settings;

import io.ringcode.console.api.ApiClient;
import io.ringcode.console.api.Visitor;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.Form;
import io.ringcode.console.view.PageFrame;
import io.ringcode.console.view.SettingsView;
import io.ringcode.login.SignInBranding;
import io.ringcode.management.ManagementCalls;
import io.ringcode.management.ManagementCalls.Answer;
import io.ringcode.management.phone.SendLimitsController;
import io.ringcode.tenant.Branding;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/** The tenant's name, looks and languages, when a second factor is asked for, which countries are sent to, and the limits. */
@Controller
class SettingsPages {
    private static final String LOOK = "/console/settings/look.css";
    private static final String TENANT = "/tenants/settings";
    private static final String BRANDING = "/branding";
    private static final String POLICIES = "/guardian/policies";
    private static final String REMEMBERED = "/guardian/settings";

    private final ApiClient api;
    private final ManagementCalls calls;
    private final SendLimitsController limits;
    private final ConsolePages pages;
    private final Tenants tenants;

    SettingsPages(
            ApiClient api, ManagementCalls calls, SendLimitsController limits, ConsolePages pages, Tenants tenants) {
        this.api = api;
        this.calls = calls;
        this.limits = calls.guarded(limits);
        this.pages = pages;
        this.tenants = tenants;
    }

    @GetMapping("/console/settings")
    void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        show(request, response, 200, null, "");
    }

    @PostMapping("/console/settings/tenant")
    void tenant(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var body = SettingsBodies.tenant(Form.typed(request));
        done(request, response, "tenant", api.call(request, response, "PATCH", TENANT, body));
    }

    @PostMapping("/console/settings/branding")
    void branding(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var body = SettingsBodies.branding(Form.typed(request));
        done(request, response, "branding", api.call(request, response, "PATCH", BRANDING, body));
    }

    /** The button where there is no JavaScript. */
    @PostMapping("/console/settings/branding/preview")
    void preview(HttpServletRequest request, HttpServletResponse response) throws IOException {
        show(request, response, 200, null, "branding");
    }

    @PostMapping("/console/settings/factor")
    void factor(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var policy = Form.typed(request).text("policy");
        var body = policy.equals("never") ? List.of() : List.of(policy);
        done(request, response, "factor", api.send(request, response, "PUT", POLICIES, body));
    }

    @PostMapping("/console/settings/browsers")
    void browsers(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var body = SettingsBodies.browsers(Form.typed(request));
        done(request, response, "browsers", api.call(request, response, "PUT", REMEMBERED, body));
    }

    @PostMapping("/console/settings/countries")
    void countries(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var body = SettingsBodies.countries(Form.typed(request));
        done(request, response, "countries", api.call(request, response, "PATCH", TENANT, body));
    }

    @PostMapping("/console/settings/limits")
    void limits(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = Visitor.of(request).caller();
        var form = SettingsBodies.limits(Form.typed(request));
        var answer = calls.answer(SendLimitsController.Change.class, form, change -> limits.set(caller, change));
        done(request, response, "limits", answer);
    }

    /** The colours of the query, which need not be saved, for the picture of the sign-in page. */
    @GetMapping(LOOK)
    ResponseEntity<String> look(HttpServletRequest request) {
        var css = SignInBranding.of(SettingsBodies.colours(Form.typed(request))).css(".look-light", ".look-dark");
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/css;charset=utf-8"))
                .cacheControl(CacheControl.noStore())
                .header("X-Content-Type-Options", "nosniff")
                .body(css);
    }

    private void done(HttpServletRequest request, HttpServletResponse response, String form, Answer answer)
            throws IOException {
        if (answer.isGood()) ConsolePages.seeOther(response, "/console/settings?said=saved");
        else show(request, response, 400, answer.problem(), form);
    }

    /** @param typed the name of the form whose fields are in the request; empty for none */
    private void show(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            @Nullable String problem,
            String typed)
            throws IOException {
        var settings = tenants.settings(Visitor.of(request).tenant());
        var forms = stored(request, response);
        if (!typed.isEmpty()) forms.put(typed, Form.typed(request));
        var branding = forms.getOrDefault("branding", new Form(Map.of(), null));
        var look = SignInBranding.of(SettingsBodies.colours(branding));
        var saved = SignInBranding.of(Branding.of(settings));
        pages.write(
                response,
                status,
                new SettingsView.Settings(
                        PageFrame.of(request, tenants, "settings", problem),
                        forms,
                        languages(forms),
                        look,
                        LOOK + SettingsBodies.query(branding),
                        changed(branding, look),
                        saved.logo(),
                        FixedLimits.FIXED),
                saved.logoOrigin());
    }

    private Map<String, Form> stored(HttpServletRequest request, HttpServletResponse response) {
        var forms = new LinkedHashMap<String, Form>();
        var tenant = Form.of(api.call(request, response, "GET", TENANT, null));
        forms.put("tenant", SettingsBodies.shownTenant(tenant));
        forms.put("countries", SettingsBodies.shownCountries(tenant));
        forms.put(
                "branding", SettingsBodies.shownBranding(Form.of(api.call(request, response, "GET", BRANDING, null))));
        var caller = Visitor.of(request).caller();
        forms.put("limits", Form.of(calls.answer(() -> limits.read(caller))));
        var policies = api.call(request, response, "GET", POLICIES, null);
        var policy = policies.body().path(0).asString("never");
        forms.put("factor", policies.isGood() ? Form.of(policies).with("policy", List.of(policy)) : Form.of(policies));
        forms.put(
                "browsers",
                SettingsBodies.shownBrowsers(Form.of(api.call(request, response, "GET", REMEMBERED, null))));
        return forms;
    }

    private static List<String> languages(Map<String, Form> forms) {
        var tags = new LinkedHashSet<>(TenantProfile.ALL_LOCALES);
        var tenant = forms.get("tenant");
        if (tenant != null)
            tenant.all("enabled_locales").stream()
                    .filter(tag -> tag.matches("[A-Za-z0-9-]{2,20}"))
                    .forEach(tags::add);
        return List.copyOf(tags);
    }

    private static List<String> changed(Form branding, SignInBranding look) {
        var chosen = branding.given("primary");
        var changed = new ArrayList<String>();
        if (chosen == null || !chosen.matches("#[0-9A-Fa-f]{6}")) return changed;
        if (!chosen.equalsIgnoreCase(look.onLight())) changed.add("On light pages it is shown as " + look.onLight());
        if (!chosen.equalsIgnoreCase(look.onDark())) changed.add("On dark pages it is shown as " + look.onDark());
        return changed;
    }
}
