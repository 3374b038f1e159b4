package io.ringcode.console.settings;

import io.ringcode.client.Caller;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.Form;
import io.ringcode.console.view.PageFrame;
import io.ringcode.console.view.SecondLook;
import io.ringcode.console.view.SettingsView;
import io.ringcode.console.view.SettingsView.Part;
import io.ringcode.console.view.Visitor;
import io.ringcode.login.SignInBranding;
import io.ringcode.management.ManagementCalls;
import io.ringcode.management.ManagementCalls.Answer;
import io.ringcode.management.json.Paging;
import io.ringcode.management.phone.SendLimitsController;
import io.ringcode.management.tenant.BrandingController;
import io.ringcode.management.tenant.FactorsController;
import io.ringcode.management.tenant.GuardianSettingsController;
import io.ringcode.management.tenant.RetentionController;
import io.ringcode.management.tenant.TenantSettingsController;
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

/** The tenant's name, looks and languages, for how long records are kept, when a second factor is asked for, which countries are sent to, and the limits. */
@Controller
class SettingsPages {
    private static final String LOOK = "/console/settings/look.css";

    private final ManagementCalls calls;
    private final TenantSettingsController general;
    private final BrandingController branding;
    private final FactorsController factors;
    private final GuardianSettingsController browsers;
    private final SendLimitsController limits;
    private final RetentionController retention;
    private final FactorSwitches switches;
    private final SecondLook look;
    private final ConsolePages pages;
    private final Tenants tenants;

    SettingsPages(
            ManagementCalls calls,
            TenantSettingsController general,
            BrandingController branding,
            FactorsController factors,
            GuardianSettingsController browsers,
            SendLimitsController limits,
            RetentionController retention,
            FactorSwitches switches,
            SecondLook look,
            ConsolePages pages,
            Tenants tenants) {
        this.calls = calls;
        this.general = calls.guarded(general);
        this.branding = calls.guarded(branding);
        this.factors = calls.guarded(factors);
        this.browsers = calls.guarded(browsers);
        this.limits = calls.guarded(limits);
        this.retention = calls.guarded(retention);
        this.switches = switches;
        this.look = look;
        this.pages = pages;
        this.tenants = tenants;
    }

    @GetMapping({"/console/settings", "/console/settings/tenant"})
    void show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        show(request, response, Part.TENANT);
    }

    @GetMapping("/console/settings/branding")
    void showBranding(HttpServletRequest request, HttpServletResponse response) throws IOException {
        show(request, response, Part.BRANDING);
    }

    @GetMapping({"/console/settings/factor", "/console/settings/browsers"})
    void showFactor(HttpServletRequest request, HttpServletResponse response) throws IOException {
        show(request, response, Part.FACTOR);
    }

    @GetMapping("/console/settings/countries")
    void showCountries(HttpServletRequest request, HttpServletResponse response) throws IOException {
        show(request, response, Part.COUNTRIES);
    }

    @GetMapping("/console/settings/limits")
    void showLimits(HttpServletRequest request, HttpServletResponse response) throws IOException {
        show(request, response, Part.LIMITS);
    }

    private void show(HttpServletRequest request, HttpServletResponse response, Part part) throws IOException {
        show(request, response, 200, null, "", part);
    }

    /** Where a form is. */
    private static Part part(String form) {
        return switch (form) {
            case "branding" -> Part.BRANDING;
            case "factor", "factors", "browsers" -> Part.FACTOR;
            case "countries" -> Part.COUNTRIES;
            case "limits" -> Part.LIMITS;
            default -> Part.TENANT;
        };
    }

    @PostMapping("/console/settings/tenant")
    void tenant(HttpServletRequest request, HttpServletResponse response) throws IOException {
        general(request, response, "tenant", SettingsBodies.tenant(Form.typed(request)));
    }

    @PostMapping("/console/settings/retention")
    void retention(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = Visitor.of(request).caller();
        var body = SettingsBodies.retention(Form.typed(request));
        var answer = calls.answer(RetentionController.Change.class, body, change -> retention.set(caller, change));
        done(request, response, "retention", answer);
    }

    private void general(HttpServletRequest request, HttpServletResponse response, String form, Map<String, ?> body)
            throws IOException {
        var caller = Visitor.of(request).caller();
        var answer =
                calls.answer(TenantSettingsController.Change.class, body, change -> general.update(caller, change));
        done(request, response, form, answer);
    }

    @PostMapping("/console/settings/branding")
    void branding(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = Visitor.of(request).caller();
        var body = SettingsBodies.branding(Form.typed(request));
        var answer = calls.answer(BrandingController.Change.class, body, change -> branding.update(caller, change));
        done(request, response, "branding", answer);
    }

    /** The button where there is no JavaScript. */
    @PostMapping("/console/settings/branding/preview")
    void preview(HttpServletRequest request, HttpServletResponse response) throws IOException {
        show(request, response, 200, null, "branding", Part.BRANDING);
    }

    @PostMapping("/console/settings/factor")
    void factor(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = Visitor.of(request).caller();
        var policy = Form.typed(request).text("policy");
        var body = policy.equals("never") ? List.of() : List.of(policy);
        var answer = calls.answer(() -> {
            var wanted = calls.body(FactorsController.Policies.class, body);
            return factors.setPolicies(caller, wanted);
        });
        done(request, response, "factor", answer);
    }

    /** The kinds that have no page of their own. */
    @PostMapping("/console/settings/factors")
    void factors(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = Visitor.of(request).caller();
        var typed = Form.typed(request);
        var lost = switches.turnedOff(caller, typed);
        if (!lost.isEmpty() && !look.confirmed(request, response, Part.FACTOR.room(), FactorSwitches.risk(lost)))
            return;
        done(request, response, "factors", switches.set(caller, typed));
    }

    @PostMapping("/console/settings/browsers")
    void browsers(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = Visitor.of(request).caller();
        var body = SettingsBodies.browsers(Form.typed(request));
        var answer = calls.answer(
                GuardianSettingsController.Remembering.class, body, wanted -> browsers.set(caller, wanted));
        done(request, response, "browsers", answer);
    }

    @PostMapping("/console/settings/countries")
    void countries(HttpServletRequest request, HttpServletResponse response) throws IOException {
        general(request, response, "countries", SettingsBodies.countries(Form.typed(request)));
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
        if (answer.isGood()) ConsolePages.seeOther(response, part(form).address() + "?said=saved");
        else show(request, response, 400, answer.problem(), form, part(form));
    }

    /** @param typed the name of the form whose fields are in the request; empty for none */
    private void show(
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            @Nullable String problem,
            String typed,
            Part part)
            throws IOException {
        var settings = tenants.settings(Visitor.of(request).tenant());
        var forms = stored(Visitor.of(request).caller());
        if (!typed.isEmpty()) forms.put(typed, Form.typed(request));
        var branding = forms.getOrDefault("branding", new Form(Map.of(), null));
        var look = SignInBranding.of(SettingsBodies.colours(branding));
        var saved = SignInBranding.of(Branding.of(settings));
        pages.write(
                response,
                status,
                new SettingsView.Settings(
                        PageFrame.of(request, tenants, part.room(), problem)
                                .with(SettingsBodies.complaints(problem, typed)),
                        part,
                        forms,
                        languages(forms),
                        look,
                        LOOK + SettingsBodies.query(branding),
                        changed(branding, look),
                        saved.logo(),
                        FixedLimits.FIXED),
                saved.logoOrigin());
    }

    private Map<String, Form> stored(Caller caller) {
        var forms = new LinkedHashMap<String, Form>();
        var tenant = Form.of(calls.answer(() -> general.settings(caller, Paging.WHOLE)));
        forms.put("tenant", SettingsBodies.shownTenant(tenant));
        forms.put("countries", SettingsBodies.shownCountries(tenant));
        forms.put("branding", SettingsBodies.shownBranding(Form.of(calls.answer(() -> branding.branding(caller)))));
        forms.put("retention", Form.of(calls.answer(() -> retention.read(caller))));
        forms.put("limits", Form.of(calls.answer(() -> limits.read(caller))));
        var policies = calls.answer(() -> factors.policies(caller));
        var policy = policies.body().path(0).asString("never");
        forms.put("factor", policies.isGood() ? Form.of(policies).with("policy", List.of(policy)) : Form.of(policies));
        forms.put("factors", switches.form(caller));
        forms.put("browsers", SettingsBodies.shownBrowsers(Form.of(calls.answer(() -> browsers.settings(caller)))));
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
        if (!chosen.equalsIgnoreCase(look.onLight())) changed.add("In light mode it is shown as " + look.onLight());
        if (!chosen.equalsIgnoreCase(look.onDark())) changed.add("In dark mode it is shown as " + look.onDark());
        return changed;
    }
}
