package io.ringcode.console.phone;

import io.ringcode.client.Caller;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.PageFrame;
import io.ringcode.console.view.PriceTexts;
import io.ringcode.console.view.SecondLook;
import io.ringcode.console.view.SecondLook.Risk;
import io.ringcode.console.view.TextView;
import io.ringcode.console.view.Visitor;
import io.ringcode.delivery.carrier.Carriers;
import io.ringcode.management.ManagementCalls;
import io.ringcode.management.ManagementCalls.Answer;
import io.ringcode.management.phone.LanguageTextsController;
import io.ringcode.management.phone.PhoneTextsController;
import io.ringcode.management.phone.PhoneTextsController.Draft;
import io.ringcode.management.phone.PhoneTextsController.Texts;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;

/** One text for all languages and channels, as Auth0's Management API has it. What it replaces is said before it is saved. */
@Controller
class TextForAllPages {
    private static final String LIST = "/console/templates";
    private static final String AT = LIST + "/all";
    private static final String ROOM = "templates";

    private static final List<String> PURPOSES = List.of("enrollment", "verification");
    private static final String NOT_TYPED = "";

    private final ManagementCalls calls;
    private final PhoneTextsController texts;
    private final LanguageTextsController languages;
    private final TextChanges changes;
    private final Carriers carriers;
    private final SecondLook look;
    private final ConsolePages pages;
    private final Tenants tenants;

    TextForAllPages(
            ManagementCalls calls,
            PhoneTextsController texts,
            LanguageTextsController languages,
            TextChanges changes,
            Carriers carriers,
            SecondLook look,
            ConsolePages pages,
            Tenants tenants) {
        this.calls = calls;
        this.texts = calls.guarded(texts);
        this.languages = calls.guarded(languages);
        this.changes = changes;
        this.carriers = carriers;
        this.look = look;
        this.pages = pages;
        this.tenants = tenants;
    }

    private record Pair(String enrollment, String verification) {
        Map<String, String> body() {
            return Map.of("enrollment_message", enrollment, "verification_message", verification);
        }
    }

    @GetMapping(AT)
    void show(
            @RequestParam(defaultValue = NOT_TYPED) String language,
            @RequestParam(defaultValue = "") String bring,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        show(request, response, brought(Visitor.of(request).caller(), bring), language, null);
    }

    /**
     * What is in force, or with one of both texts as it was before a change: into the form alone, to be saved from there.
     *
     * @param bring a purpose and a change's id, such as {@code verification:12}
     */
    private Pair brought(Caller caller, String bring) {
        var now = current(caller);
        var purpose = bring.split(":", 2)[0];
        if (!PURPOSES.contains(purpose)) return now;
        return changes.forAll(caller, purpose).stream()
                .filter(change -> bring.equals(purpose + ":" + change.id()))
                .filter(change -> !change.before().isEmpty())
                .findFirst()
                .map(change -> purpose.equals("enrollment")
                        ? new Pair(change.before(), now.verification())
                        : new Pair(now.enrollment(), change.before()))
                .orElse(now);
    }

    /** Asked while one types, and by a button where there is no JavaScript. */
    @PostMapping(AT + "/preview")
    void preview(
            @RequestParam(defaultValue = "") String enrollment,
            @RequestParam(defaultValue = "") String verification,
            @RequestParam(defaultValue = NOT_TYPED) String language,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var typed = new Pair(enrollment, verification);
        var answer = preview(request, typed, language);
        var problem = answer.isGood() ? null : answer.problem();
        if (request.getHeader("HX-Request") == null) show(request, response, typed, language, problem);
        else pages.write(response, 200, new TextView.Preview(answer.body(), prices(request), problem));
    }

    @PostMapping(AT)
    void save(
            @RequestParam(defaultValue = "") String enrollment,
            @RequestParam(defaultValue = "") String verification,
            @RequestParam(defaultValue = NOT_TYPED) String language,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var caller = Visitor.of(request).caller();
        var typed = new Pair(enrollment.replace("\r\n", "\n"), verification.replace("\r\n", "\n"));
        var seen = preview(request, typed, language);
        if (!seen.isGood()) {
            show(request, response, typed, language, seen.problem());
            return;
        }
        var effects = new ArrayList<String>();
        if (!typed.enrollment().equals(current(caller).enrollment()))
            replaced(caller, "enrollment", "Enrollment", seen.body().path("enrollment_message"), effects);
        if (!typed.verification().equals(current(caller).verification()))
            replaced(caller, "verification", "Sign-in", seen.body().path("verification_message"), effects);
        var risk = Risk.of(
                "Use one text for all languages?", "Use it for all languages", AT, effects.toArray(String[]::new));
        if (!effects.isEmpty() && !look.confirmed(request, response, ROOM, risk)) return;
        var answer = calls.answer(Texts.class, typed.body(), wanted -> texts.setTemplates(caller, wanted));
        if (answer.isGood()) ConsolePages.seeOther(response, AT + "?said=saved");
        else show(request, response, typed, language, answer.problem());
    }

    /** What a text for all languages takes the place of, in sentences. */
    private void replaced(Caller caller, String purpose, String name, JsonNode preview, List<String> effects) {
        int others = 0;
        var languagesOfOthers = new HashSet<String>();
        var keeping = new ArrayList<String>();
        for (var text : calls.read(() -> languages.list(caller)).path("texts")) {
            if (!text.path("purpose").asString("").equals(purpose)) continue;
            var language = TextView.language(text.path("language").asString(""));
            var kept = !text.path("own_text").asString("").isEmpty();
            var channel = text.path("channel").asString("").equals("sms") ? "SMS" : "calls";
            if (kept) keeping.add(language + ", " + channel);
            else {
                others++;
                languagesOfOthers.add(language);
            }
        }
        effects.add(
                name + ": it takes the place of " + others + " texts, in " + languagesOfOthers.size() + " languages.");
        if (!keeping.isEmpty()) effects.add(name + ": these keep their own text: " + String.join("; ", keeping) + ".");
        var call = preview.path("voice").asString("").replaceAll("[^0-9]", "");
        if (!call.isEmpty() && call.length() < 12)
            effects.add(name + ": calls lose their greeting and say the code once. To keep both, write a text for calls"
                    + " in the template: {% if message_type == \"voice\" %}…{% endif %}.");
    }

    @PostMapping(AT + "/reset")
    void reset(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = Visitor.of(request).caller();
        var risk = Risk.of(
                "Reset to the defaults?",
                "Reset to the defaults",
                AT,
                "Each language uses its own default text again, for SMS and calls. Custom texts of languages are kept.",
                "The text for all languages stays in the history and can be restored.");
        if (!look.confirmed(request, response, ROOM, risk)) return;
        var answer = calls.done(() -> texts.resetTemplates(caller));
        if (answer.isGood()) ConsolePages.seeOther(response, LIST + "?said=reset");
        else show(request, response, current(caller), NOT_TYPED, answer.problem());
    }

    private void show(
            HttpServletRequest request,
            HttpServletResponse response,
            Pair shown,
            String language,
            @Nullable String problem)
            throws IOException {
        var caller = Visitor.of(request).caller();
        var all = TenantProfile.of(tenants.settings(caller.tenant())).locales();
        var seen = preview(request, shown, language);
        var wrong = problem == null && !seen.isGood() ? seen.problem() : problem;
        pages.write(
                response,
                wrong == null ? 200 : 400,
                new TextView.TextForAll(
                        PageFrame.of(request, tenants, ROOM, wrong)
                                .named(Map.of(
                                        "enrollment_message", "enrollment", "verification_message", "verification")),
                        shown.enrollment(),
                        shown.verification(),
                        calls.read(() -> languages.list(caller))
                                .path("texts")
                                .valueStream()
                                .anyMatch(text -> TextView.isFrom(text, "all_languages")),
                        language.isEmpty() ? all.getFirst() : language,
                        all,
                        seen.isGood() ? seen.body() : seen.body().path("none"),
                        prices(request),
                        history(caller)));
    }

    /** They are the same whatever the text is. */
    private List<String> prices(HttpServletRequest request) {
        var caller = Visitor.of(request).caller();
        var language =
                TenantProfile.of(tenants.settings(caller.tenant())).locales().getFirst();
        var seen = calls.read(() -> languages.preview(
                "verification", "sms", language, caller, new LanguageTextsController.Draft("{{ code }}")));
        return PriceTexts.lines(seen.path("segment_prices"), carriers.titles());
    }

    private Map<String, List<TextView.Change>> history(Caller caller) {
        var history = new LinkedHashMap<String, List<TextView.Change>>();
        for (var purpose : PURPOSES) history.put(purpose, changes.forAll(caller, purpose));
        return history;
    }

    private Answer preview(HttpServletRequest request, Pair shown, String language) {
        var caller = Visitor.of(request).caller();
        var all = TenantProfile.of(tenants.settings(caller.tenant())).locales();
        var body = Map.of(
                "enrollment_message", shown.enrollment(),
                "verification_message", shown.verification(),
                "language", language.isEmpty() ? all.getFirst() : language);
        return calls.answer(Draft.class, body, draft -> texts.preview(caller, draft));
    }

    private Pair current(Caller caller) {
        var stored = calls.read(() -> texts.templates(caller));
        return new Pair(
                stored.path("enrollment_message").asString(""),
                stored.path("verification_message").asString(""));
    }
}
