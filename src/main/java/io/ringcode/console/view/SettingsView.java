package io.ringcode.console.view;

import io.ringcode.login.SignInBranding;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the page of settings shows. */
public interface SettingsView {
    /** One page of settings; its forms save each for itself. */
    enum Part {
        TENANT("settings", "General", ""),
        BRANDING("branding", "Branding", "/branding"),
        FACTOR("factor", "Multi-factor", "/factor"),
        COUNTRIES("countries", "Countries", "/countries"),
        LIMITS("sending", "Rate limits", "/limits");

        private final String room;
        private final String title;
        private final String path;

        Part(String room, String title, String path) {
            this.room = room;
            this.title = title;
            this.path = path;
        }

        public String room() {
            return room;
        }

        public String title() {
            return title;
        }

        public String address() {
            return "/console/settings" + path;
        }
    }

    /**
     * @param forms by their names
     * @param languages tags of all that can be chosen
     * @param look of the colours that stand in the form
     * @param lookAddress of their stylesheet
     * @param changed what becomes of a colour that could not be read; empty where it can be
     * @param logo as it is saved; null for none
     * @param limits those that nobody changes
     */
    record Settings(
            PageFrame shell,
            Part part,
            Map<String, Form> forms,
            List<String> languages,
            SignInBranding look,
            String lookAddress,
            List<String> changed,
            @Nullable String logo,
            List<Limit> limits)
            implements View {
        public Form form(String name) {
            return forms.getOrDefault(name, new Form(Map.of(), null));
        }

        public static String language(String tag) {
            return Locale.forLanguageTag(tag).getDisplayName(Locale.ENGLISH);
        }
    }

    /** @param most such as "10 at once, then one more every hour" */
    record Limit(String what, String most, String then) {}
}
