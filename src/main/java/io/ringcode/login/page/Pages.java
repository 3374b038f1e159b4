package io.ringcode.login.page;

import org.springframework.stereotype.Component;

/** Writes pages. */
@Component
public class Pages {
    /** @return the whole document, in UTF-8 once encoded */
    /** @param target where the application wants its answer; null for none */
    public String csp(Frame frame, Screen screen, java.net.@org.jspecify.annotations.Nullable URI target) {
        return "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";
    }

    public String render(Frame frame, Screen screen) {
        return frame.companyName() + ": " + screen;
    }
}
