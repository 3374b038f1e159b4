package io.ringcode.management.tenant;

import io.ringcode.client.Caller;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.Body;
import io.ringcode.management.json.ResponseObject;
import io.ringcode.management.json.StoredSchema;
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

/** Branding: colours, logo, icon and font of a tenant's pages, and the layout of its sign-in. */
@RestController
@RequestMapping("/api/v2")
class BrandingController {
    private static final String PROMPTS = "prompts";
    private static final Pattern COLOUR = Pattern.compile("#[0-9A-Fa-f]{6}");

    private static final StoredSchema BRANDING = new StoredSchema()
            .object(
                    "colors",
                    new StoredSchema()
                            .text("primary", COLOUR)
                            .textOrObject(
                                    "page_background",
                                    COLOUR,
                                    new StoredSchema()
                                            .choice("type", "linear-gradient")
                                            .text("start", COLOUR)
                                            .text("end", COLOUR)
                                            .number("angle_deg", 0, 360)))
            .text("favicon_url", StoredSchema.URL)
            .text("logo_url", StoredSchema.URL)
            .object("font", new StoredSchema().text("url", StoredSchema.URL));

    private static final StoredSchema SIGN_IN = new StoredSchema()
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
        var shown = new ResponseObject()
                .put("universal_login_experience", "new")
                .put("identifier_first", false)
                .put("webauthn_platform_first_factor", false);
        for (var member : prompts.properties()) shown.put(member.getKey(), member.getValue());
        return shown.members();
    }

    private ObjectNode change(Caller caller, String setting, StoredSchema schema, Body body) {
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
