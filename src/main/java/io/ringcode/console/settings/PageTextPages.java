package io.ringcode.console.settings;

import io.ringcode.console.view.Complaints;
import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.Form;
import io.ringcode.console.view.Links;
import io.ringcode.console.view.PageFrame;
import io.ringcode.console.view.PageTextsView.PageTexts;
import io.ringcode.console.view.SecondLook;
import io.ringcode.console.view.SecondLook.Risk;
import io.ringcode.console.view.TextView;
import io.ringcode.console.view.View;
import io.ringcode.console.view.Visitor;
import io.ringcode.login.SignInTexts;
import io.ringcode.management.ManagementCalls;
import io.ringcode.management.ManagementCalls.Answer;
import io.ringcode.management.tenant.CustomTextController;
import io.ringcode.management.tenant.CustomTextController.Texts;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;

/** The texts of the sign-in pages: worded anew by screen and language, and set back to the defaults. */
@Controller
class PageTextPages {
    private static final String AT = "/console/page-texts";
    private static final String ROOM = "texts";
    private static final String SCREEN = "screen";
    private static final String LANGUAGE = "language";

    private final ManagementCalls calls;
    private final CustomTextController texts;
    private final ConsolePages pages;
    private final SecondLook look;
    private final Tenants tenants;

    PageTextPages(
            ManagementCalls calls, CustomTextController texts, ConsolePages pages, SecondLook look, Tenants tenants) {
        this.calls = calls;
        this.texts = calls.guarded(texts);
        this.pages = pages;
        this.look = look;
        this.tenants = tenants;
    }

    /** A screen in a language, both of them known. */
    private record Chosen(String screen, String language) {
        String address() {
            return AT + "?" + SCREEN + "=" + Links.part(screen) + "&" + LANGUAGE + "=" + Links.part(language);
        }

        String prompt() {
            return SignInTexts.prompt(screen);
        }
    }

    @GetMapping(AT)
    void show(
            @RequestParam(name = SCREEN, defaultValue = "login") String screen,
            @RequestParam(name = LANGUAGE, defaultValue = "") String language,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var first = locales(request).getFirst();
        var chosen = chosen(screen, language.isEmpty() ? first : language, request, response);
        if (chosen != null) write(chosen, request, response, 200, null, null);
    }

    @PostMapping(AT)
    void save(
            @RequestParam(name = SCREEN, defaultValue = "") String screen,
            @RequestParam(name = LANGUAGE, defaultValue = "") String language,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var chosen = chosen(screen, language, request, response);
        if (chosen == null) return;
        var typed = Form.typed(request);
        var own = new LinkedHashMap<String, String>();
        for (var key : SignInTexts.defaults(screen, language).keySet()) {
            var text = typed.given(PageTexts.id(key));
            if (text != null) own.put(key, text.replace("\r\n", "\n"));
        }
        var answer = set(chosen, own, request);
        if (answer.isGood()) ConsolePages.seeOther(response, chosen.address() + "&said=saved");
        else write(chosen, request, response, 400, answer.problem(), typed);
    }

    @PostMapping(AT + "/reset")
    void reset(
            @RequestParam(name = SCREEN, defaultValue = "") String screen,
            @RequestParam(name = LANGUAGE, defaultValue = "") String language,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var chosen = chosen(screen, language, request, response);
        if (chosen == null) return;
        var name = PageTexts.words(screen) + ", " + TextView.language(language);
        var risk = Risk.of(
                "Reset the texts of this screen?",
                "Reset to the defaults",
                chosen.address(),
                "Your texts of " + name + " are deleted. This cannot be undone.",
                "The page says the defaults from the next sign-in on. Other screens and languages stay as they are.");
        if (!look.confirmed(request, response, ROOM, risk)) return;
        var answer = set(chosen, Map.of(), request);
        if (answer.isGood()) ConsolePages.seeOther(response, chosen.address() + "&said=reset");
        else write(chosen, request, response, 400, answer.problem(), null);
    }

    /** Replaces one screen's texts and keeps those of the prompt's other screens, and keys that only the API knows. */
    private Answer set(Chosen chosen, Map<String, String> own, HttpServletRequest request) {
        var caller = Visitor.of(request).caller();
        var stored = calls.answer(() -> texts.get(chosen.prompt(), chosen.language(), caller));
        if (!stored.isGood()) return stored;
        var body = new LinkedHashMap<String, Map<String, String>>();
        for (var screen : stored.body().properties()) body.put(screen.getKey(), texts(screen.getValue()));
        var kept = new LinkedHashMap<>(body.getOrDefault(chosen.screen(), Map.of()));
        kept.keySet()
                .removeAll(
                        SignInTexts.defaults(chosen.screen(), chosen.language()).keySet());
        kept.putAll(own);
        if (kept.isEmpty()) body.remove(chosen.screen());
        else body.put(chosen.screen(), kept);
        return calls.answer(Texts.class, body, wanted -> texts.set(chosen.prompt(), chosen.language(), caller, wanted));
    }

    private static Map<String, String> texts(JsonNode screen) {
        var texts = new LinkedHashMap<String, String>();
        for (var text : screen.properties())
            texts.put(text.getKey(), text.getValue().asString(""));
        return texts;
    }

    private List<String> locales(HttpServletRequest request) {
        return TenantProfile.of(tenants.settings(Visitor.of(request).tenant())).locales();
    }

    /** @return null where there is no such page, which has been told */
    private @Nullable Chosen chosen(
            String screen, String language, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (SignInTexts.screens().contains(screen) && locales(request).contains(language))
            return new Chosen(screen, language);
        pages.write(response, 404, new View.Stop("There is no such screen in this language.", false));
        return null;
    }

    private void write(
            Chosen chosen,
            HttpServletRequest request,
            HttpServletResponse response,
            int status,
            @Nullable String problem,
            @Nullable Form typed)
            throws IOException {
        var caller = Visitor.of(request).caller();
        var answer = calls.answer(() -> texts.get(chosen.prompt(), chosen.language(), caller));
        var own = texts(answer.body().path(chosen.screen()));
        var form = Form.of(answer);
        for (var text : own.entrySet()) form = form.with(PageTexts.id(text.getKey()), List.of(text.getValue()));
        var complaints =
                Complaints.of(problem).as(property -> PageTexts.id(property.substring(property.lastIndexOf('.') + 1)));
        pages.write(
                response,
                status,
                new PageTexts(
                        PageFrame.of(request, tenants, ROOM, problem).with(complaints),
                        SignInTexts.screens(),
                        locales(request),
                        chosen.screen(),
                        chosen.language(),
                        SignInTexts.defaults(chosen.screen(), chosen.language()),
                        typed == null ? form : typed,
                        CustomTextController.LONGEST_TEXT,
                        !own.isEmpty()));
    }
}
