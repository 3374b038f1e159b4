package io.ringcode.login.page;

import org.springframework.stereotype.Component;

/** Writes pages. */
@Component
public class Pages {
    /** @return the whole document, in UTF-8 once encoded */
    public String render(Frame frame, Screen screen) {
        return frame.companyName() + ": " + screen.name();
    }
}
