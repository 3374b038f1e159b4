package io.ringcode.login.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes pages: each screen has a template of its name, compiled with the program. */
@Component
public class Pages {
    private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);
    private final PageTexts texts;

    Pages(PageTexts texts) {
        this.texts = texts;
    }

    /** @return the whole document */
    public String render(Frame frame, Screen screen) {
        var view = new View(frame, screen, texts);
        var document = new StringOutput(8_192);
        templates.render("login/" + screen.getClass().getSimpleName() + ".jte", View.model(view), document);
        return document.toString();
    }

    /**
     * What the page may load and where its forms may lead (CSP Level 3): nothing but our own files, the tenant's
     * pictures, and for forms to this server. The answer to an application is the one form that leads elsewhere: Chromium
     * holds to this also where the application redirects to afterwards, which nobody here knows.
     *
     * @param program the scheme of an application that is a program of a phone or a desktop, to which a form may lead at once;
     *     null for none
     */
    public String csp(Frame frame, Screen screen, @Nullable String program) {
        var pictures = new ArrayList<>(List.of("'self'"));
        var logo = Addresses.origin(frame.branding().logoUrl());
        var favicon = Addresses.origin(frame.branding().faviconUrl());
        if (logo != null) pictures.add(logo);
        if (favicon != null && !favicon.equals(logo)) pictures.add(favicon);
        return "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src "
                + String.join(" ", pictures) + "" + forms(screen, program) + "; frame-ancestors "
                + (screen instanceof EndScreen.WebMessage message ? message.target() : "'none'")
                + "; base-uri 'none'";
    }

    private static String forms(Screen screen, @Nullable String program) {
        if (screen instanceof EndScreen.FormPost) return "";
        return "; form-action 'self'" + (program == null ? "" : " " + program + ":");
    }
}
