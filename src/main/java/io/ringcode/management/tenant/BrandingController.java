package io.ringcode.management.tenant;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import io.ringcode.client.Caller;
import io.ringcode.json.BodySchema;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.JsonAnswer;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Patch;
import io.ringcode.json.Rule.Matches;
import io.ringcode.json.Rule.MembersOf;
import io.ringcode.json.Rule.OneOf;
import io.ringcode.json.Rule.Range;
import io.ringcode.json.SentJson;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.tenant.Branding;
import io.ringcode.tenant.Tenants;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** Branding: colours, logo, icon and font of a tenant's pages, and the layout of its sign-in. */
@RestController
@RequestMapping("/api/v2")
public class BrandingController {
    private static final String PROMPTS = "prompts";
    private static final String COLOUR = "#[0-9A-Fa-f]{6}";
    static final String COLOUR_OR_NONE = "(" + COLOUR + ")?";

    private final Tenants tenants;
    private final Changes changes;
    private final ObjectMapper json;

    BrandingController(Tenants tenants, Changes changes, ObjectMapper json) {
        this.tenants = tenants;
        this.changes = changes;
        this.json = json;
    }

    public record Change(
            Patch<Colors> colors,
            @Matches(Formats.URL) Patch<String> faviconUrl,
            @Matches(Formats.URL) Patch<String> logoUrl,
            Patch<Font> font)
            implements JsonBody {}

    /** @param pageBackground a colour, or a {@link Gradient} that replaces the one before as a whole */
    record Colors(@Matches(COLOUR_OR_NONE) Patch<String> primary, Patch<JsonNode> pageBackground) {
        Colors {
            pageBackground.given().ifPresent(Colors::check);
        }

        private static void check(JsonNode background) {
            try {
                if (background.isObject()) BodySchema.of(Gradient.class).read(background);
                else if (!background.isString() || !background.stringValue().matches(COLOUR))
                    throw InvalidBody.on("page_background", "String does not match pattern " + COLOUR);
            } catch (InvalidBody unfit) {
                throw background.isObject() ? unfit.within("page_background") : unfit;
            }
        }
    }

    record Gradient(
            @OneOf("linear-gradient") Patch<String> type,
            @Matches(COLOUR_OR_NONE) Patch<String> start,
            @Matches(COLOUR_OR_NONE) Patch<String> end,
            @Range(min = 0, max = 360) Patch<Integer> angleDeg) {}

    record Font(@Matches(Formats.URL) Patch<String> url) {}

    /** Empty where nothing was chosen. */
    public record Shown(
            @MembersOf(Change.class) @JsonAnyGetter Map<String, JsonNode> chosen) implements JsonAnswer {}

    record Prompts(
            @OneOf({"new", "classic"}) Patch<String> universalLoginExperience,
            Patch<Boolean> identifierFirst,
            Patch<Boolean> webauthnPlatformFirstFactor)
            implements JsonBody {}

    record ShownPrompts(String universalLoginExperience, boolean identifierFirst, boolean webauthnPlatformFirstFactor)
            implements JsonAnswer {
        private static ShownPrompts of(ObjectNode stored) {
            return new ShownPrompts(
                    stored.path("universal_login_experience").asString("new"),
                    stored.path("identifier_first").asBoolean(false),
                    stored.path("webauthn_platform_first_factor").asBoolean(false));
        }
    }

    @GetMapping("/branding")
    @RequiresScope("read:branding")
    public Shown branding(Caller caller) {
        return shown(stored(caller, Branding.SETTING));
    }

    @PatchMapping("/branding")
    @RequiresScope("update:branding")
    public Shown update(Caller caller, Change body) {
        return shown(change(caller, Branding.SETTING, body));
    }

    @GetMapping("/prompts")
    @RequiresScope("read:prompts")
    ShownPrompts prompts(Caller caller) {
        return ShownPrompts.of(stored(caller, PROMPTS));
    }

    @PatchMapping("/prompts")
    @RequiresScope("update:prompts")
    ShownPrompts updatePrompts(Caller caller, Prompts body) {
        return ShownPrompts.of(change(caller, PROMPTS, body));
    }

    private static Shown shown(ObjectNode stored) {
        var members = new java.util.LinkedHashMap<String, JsonNode>();
        stored.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
        return new Shown(members);
    }

    private ObjectNode change(Caller caller, String setting, JsonBody body) {
        changes.set(
                caller,
                setting,
                () -> tenants.update(
                        caller.tenant(),
                        setting,
                        ObjectNode.class,
                        json.createObjectNode(),
                        before -> SentJson.changed(before, body)));
        return stored(caller, setting);
    }

    private ObjectNode stored(Caller caller, String setting) {
        return tenants.settings(caller.tenant()).get(setting, ObjectNode.class, json.createObjectNode());
    }
}
