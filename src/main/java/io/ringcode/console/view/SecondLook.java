package io.ringcode.console.view;

import io.ringcode.tenant.Tenants;
import io.ringcode.text.Typed;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The confirmation of everything that cannot be undone or cuts somebody off: a page that says what will happen and to how
 * many. The form is sent once more from there; for the worst, with the name of what is lost.
 */
@Component
public class SecondLook {
    private static final String SURE = "sure";
    private static final String NAME = "typed_name";

    private final ConsolePages pages;
    private final Tenants tenants;

    SecondLook(ConsolePages pages, Tenants tenants) {
        this.pages = pages;
        this.tenants = tenants;
    }

    /**
     * @param title a question
     * @param effects sentences
     * @param button what it does, as a verb and its object
     * @param back where nothing is done
     * @param name that has to be typed; null where a press is enough
     */
    public record Risk(
            String title,
            List<String> effects,
            String button,
            String back,
            @Nullable String name) {
        public static Risk of(String title, String button, String back, String... effects) {
            return new Risk(title, List.of(effects), button, back, null);
        }

        /** The worst: the name has to be typed. */
        public Risk named(String typed) {
            return new Risk(title, effects, button, back, typed.isBlank() ? null : typed);
        }
    }

    /** @return whether it was confirmed; where not, the page that asks has been written */
    public boolean confirmed(HttpServletRequest request, HttpServletResponse response, String room, Risk risk)
            throws IOException {
        var sent = "yes".equals(request.getParameter(SURE));
        var typed = request.getParameter(NAME);
        if (sent && (risk.name() == null || same(typed, risk.name()))) return true;
        var frame = PageFrame.of(request, tenants, room, null);
        if (sent) {
            var reason = "Type " + risk.name() + " to confirm.";
            frame = PageFrame.of(request, tenants, room, reason).with(Complaints.of(NAME, reason));
        }
        pages.write(
                response, sent ? 400 : 200, new View.Confirm(frame, risk, request.getRequestURI(), others(request)));
        return false;
    }

    private static boolean same(@Nullable String typed, String name) {
        return typed != null && new Typed(typed).name().equalsIgnoreCase(new Typed(name).name());
    }

    private static Map<String, List<String>> others(HttpServletRequest request) {
        var others = new LinkedHashMap<String, List<String>>();
        request.getParameterMap().forEach((name, values) -> others.put(name, List.of(values)));
        others.remove(SURE);
        others.remove(NAME);
        return others;
    }
}
