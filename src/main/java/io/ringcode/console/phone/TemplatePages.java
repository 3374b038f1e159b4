package io.ringcode.console.phone;

import io.ringcode.console.view.ConsolePages;
import io.ringcode.console.view.PageFrame;
import io.ringcode.console.view.SecondLook;
import io.ringcode.console.view.SecondLook.Risk;
import io.ringcode.console.view.TextView;
import io.ringcode.console.view.TextView.Kind;
import io.ringcode.console.view.View;
import io.ringcode.console.view.Visitor;
import io.ringcode.delivery.carrier.Carriers;
import io.ringcode.management.ManagementCalls;
import io.ringcode.management.ManagementCalls.Answer;
import io.ringcode.management.phone.LanguageTextsController;
import io.ringcode.management.phone.LanguageTextsController.Draft;
import io.ringcode.management.phone.LanguageTextsController.Wanted;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;

/** Texts of messages by language and kind: which are changed, and each with its preview, its price and its history. */
@Controller
class TemplatePages {
    private static final String AT = "/console/templates";
    private static final String ONE = AT + "/{purpose}/{channel}/{language}";
    private static final String ROOM = "templates";

    private final ManagementCalls calls;
    private final LanguageTextsController texts;
    private final TextChanges changes;
    private final Carriers carriers;
    private final SecondLook look;
    private final ConsolePages pages;
    private final Tenants tenants;

    TemplatePages(
            ManagementCalls calls,
            LanguageTextsController texts,
            TextChanges changes,
            Carriers carriers,
            SecondLook look,
            ConsolePages pages,
            Tenants tenants) {
        this.calls = calls;
        this.texts = calls.guarded(texts);
        this.changes = changes;
        this.carriers = carriers;
        this.look = look;
        this.pages = pages;
        this.tenants = tenants;
    }

    /** Which text a page is about. */
    private record Place(Kind kind, String language) {
        static @Nullable Place of(String purpose, String channel, String language) {
            for (var kind : TextView.KINDS)
                if (kind.purpose().equals(purpose) && kind.channel().equals(channel)) return new Place(kind, language);
            return null;
        }

        String address() {
            return kind.address(language);
        }
    }

    @GetMapping(AT)
    void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var visitor = Visitor.of(request);
        pages.write(
                response,
                200,
                new TextView.TextList(
                        PageFrame.of(request, tenants, ROOM, null),
                        TenantProfile.of(tenants.settings(visitor.tenant())).locales(),
                        calls.read(() -> texts.list(visitor.caller())).path("texts")));
    }

    @GetMapping(ONE)
    void edit(
            @PathVariable String purpose,
            @PathVariable String channel,
            @PathVariable String language,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        show(Place.of(purpose, channel, language), request, response, null, null);
    }

    /** Asked while one types, and by a button where there is no JavaScript. */
    @PostMapping(ONE + "/preview")
    void preview(
            @PathVariable String purpose,
            @PathVariable String channel,
            @PathVariable String language,
            @RequestParam(defaultValue = "") String text,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var place = Place.of(purpose, channel, language);
        var answer = preview(place, text, request);
        var problem = answer.isGood() ? null : answer.problem();
        if (place == null || request.getHeader("HX-Request") == null) {
            show(place, request, response, text, problem);
            return;
        }
        var wrong = PageFrame.of(request, tenants, ROOM, problem).complaints().on("text");
        pages.write(
                response,
                200,
                new TextView.TextPreview(
                        answer.body(), place.kind(), language, carriers.titles(), wrong == null ? problem : wrong));
    }

    @PostMapping(ONE)
    void save(
            @PathVariable String purpose,
            @PathVariable String channel,
            @PathVariable String language,
            @RequestParam(defaultValue = "") String text,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var place = Place.of(purpose, channel, language);
        var answer = set(place, text, request);
        if (place != null && answer.isGood()) ConsolePages.seeOther(response, place.address() + "?said=saved");
        else show(place, request, response, text, answer.problem());
    }

    @PostMapping(ONE + "/reset")
    void reset(
            @PathVariable String purpose,
            @PathVariable String channel,
            @PathVariable String language,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var caller = Visitor.of(request).caller();
        var place = Place.of(purpose, channel, language);
        var text = calls.answer(() -> texts.read(purpose, channel, language, caller));
        if (place == null || !text.isGood()) {
            show(place, request, response, null, text.problem());
            return;
        }
        var risk = Risk.of(
                "Reset this text?",
                "Reset text",
                place.address(),
                "Messages of this kind in " + TextView.language(language)
                        + " say the default again, or the text for all languages where there is one.",
                "The text stays in the history and can be restored.");
        if (!look.confirmed(request, response, ROOM, risk)) return;
        var answer = calls.done(() -> texts.reset(purpose, channel, language, caller));
        if (answer.isGood()) ConsolePages.seeOther(response, place.address() + "?said=reset");
        else show(place, request, response, null, answer.problem());
    }

    @PostMapping(ONE + "/versions/{id}")
    void bringBack(
            @PathVariable String purpose,
            @PathVariable String channel,
            @PathVariable String language,
            @PathVariable String id,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var caller = Visitor.of(request).caller();
        var place = Place.of(purpose, channel, language);
        var history = place == null ? List.<TextView.Change>of() : changes.of(caller, place.kind(), language);
        var change = history.stream().filter(one -> one.id().equals(id)).findFirst();
        if (place == null || change.isEmpty()) {
            pages.write(response, 404, new View.Stop("There is no such change.", false));
            return;
        }
        var before = change.get().before();
        var answer = before.isEmpty()
                ? calls.done(() -> texts.reset(purpose, channel, language, caller))
                : set(place, before, request);
        if (answer.isGood()) ConsolePages.seeOther(response, place.address() + "?said=brought-back");
        else show(place, request, response, before, answer.problem());
    }

    /** @param typed what stands in the field; null for what is stored */
    private void show(
            @Nullable Place place,
            HttpServletRequest request,
            HttpServletResponse response,
            @Nullable String typed,
            @Nullable String problem)
            throws IOException {
        var caller = Visitor.of(request).caller();
        var stored = calls.answer(() -> place == null
                ? null
                : texts.read(place.kind().purpose(), place.kind().channel(), place.language(), caller));
        if (place == null || !stored.isGood()) {
            var why = place == null ? "There is no such text." : stored.problem();
            pages.write(response, place == null ? 404 : stored.status(), new View.Stop(why, false));
            return;
        }
        var text = typed == null ? shown(stored.body()) : typed;
        var seen = preview(place, text, request);
        pages.write(
                response,
                problem == null ? 200 : 400,
                new TextView.TextEditor(
                        PageFrame.of(request, tenants, ROOM, problem),
                        place.kind(),
                        place.language(),
                        stored.body(),
                        text,
                        LanguageTextsController.LONGEST,
                        seen.isGood() ? seen.body() : null,
                        changes.of(caller, place.kind(), place.language()),
                        carriers.titles()));
    }

    /** A template of the unified experience is edited elsewhere: its variables are others. */
    private static String shown(JsonNode stored) {
        var own = stored.path("own_text").asString("");
        if (!own.isEmpty()) return own;
        return TextView.isFrom(stored, "unified_template")
                ? stored.path("default_text").asString("")
                : stored.path("text").asString("");
    }

    private Answer preview(@Nullable Place place, String text, HttpServletRequest request) {
        var caller = Visitor.of(request).caller();
        return calls.answer(
                Draft.class,
                Map.of("text", text),
                draft -> place == null
                        ? null
                        : texts.preview(
                                place.kind().purpose(), place.kind().channel(), place.language(), caller, draft));
    }

    private Answer set(@Nullable Place place, String text, HttpServletRequest request) {
        var caller = Visitor.of(request).caller();
        // Browsers send line breaks in their own way.
        return calls.answer(
                Wanted.class,
                Map.of("text", text.replace("\r\n", "\n")),
                wanted -> place == null
                        ? null
                        : texts.set(place.kind().purpose(), place.kind().channel(), place.language(), caller, wanted));
    }
}
