package io.ringcode.management;

import io.ringcode.client.Caller;
import io.ringcode.tenant.Branding;
import io.ringcode.tenant.Tenants;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** How a tenant's pages look: colours, logo, icon, font; and how its sign-in is laid out. */
@RestController
@RequestMapping("/api/v2")
class BrandingController {
    private static final String PROMPTS = "prompts";
    private static final Pattern COLOUR = Pattern.compile("#[0-9A-Fa-f]{6}");

    private static final Kept BRANDING = new Kept()
            .object(
                    "colors",
                    new Kept()
                            .text("primary", COLOUR)
                            .textOrObject(
                                    "page_background",
                                    COLOUR,
                                    new Kept()
                                            .choice("type", "linear-gradient")
                                            .text("start", COLOUR)
                                            .text("end", COLOUR)
                                            .number("angle_deg", 0, 360)))
            .text("favicon_url", Kept.URL)
            .text("logo_url", Kept.URL)
            .object("font", new Kept().text("url", Kept.URL));

    private static final Kept SIGN_IN = new Kept()
            .choice("universal_login_experience", "new", "classic")
            .flags("identifier_first", "webauthn_platform_first_factor");

    private final Tenants tenants;
    private final Changes changes;
    private final ObjectMapper json;

    BrandingController(Tenants tenants, Changes changes, ObjectMapper json) {
        this.tenants = tenants;
        this.changes = changes;
        this.json = json;
    }

    /** An empty object where nothing was chosen. */
    @GetMapping("/branding")
    @RequiresScope("read:branding")
    ObjectNode branding(Caller caller) {
        return stored(caller, Branding.SETTING);
    }

    @PatchMapping("/branding")
    @RequiresScope("update:branding")
    ObjectNode update(Caller caller, Body body) {
        return change(caller, Branding.SETTING, BRANDING, body);
    }

    @GetMapping("/prompts")
    @RequiresScope("read:prompts")
    Map<String, Object> prompts(Caller caller) {
        return shown(stored(caller, PROMPTS));
    }

    @PatchMapping("/prompts")
    @RequiresScope("update:prompts")
    Map<String, Object> updatePrompts(Caller caller, Body body) {
        return shown(change(caller, PROMPTS, SIGN_IN, body));
    }

    private static Map<String, Object> shown(ObjectNode prompts) {
        var shown = new Shown()
                .put("universal_login_experience", "new")
                .put("identifier_first", false)
                .put("webauthn_platform_first_factor", false);
        for (var member : prompts.properties()) shown.put(member.getKey(), member.getValue());
        return shown.members();
    }

    private ObjectNode change(Caller caller, String setting, Kept schema, Body body) {
        schema.check(body);
        changes.set(
                caller,
                setting,
                () -> tenants.update(
                        caller.tenant(),
                        setting,
                        ObjectNode.class,
                        json.createObjectNode(),
                        before -> schema.changed(before, body)));
        return stored(caller, setting);
    }

    private ObjectNode stored(Caller caller, String setting) {
        return tenants.settings(caller.tenant()).get(setting, ObjectNode.class, json.createObjectNode());
    }
}
