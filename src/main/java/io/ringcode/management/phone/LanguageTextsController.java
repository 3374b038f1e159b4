package io.ringcode.management.phone;

import io.ringcode.client.Caller;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.IsoTime;
import io.ringcode.json.JsonAnswer;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.Length;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.phone.Channel;
import io.ringcode.phone.Segments;
import io.ringcode.template.InvalidTemplate;
import io.ringcode.template.LanguageTexts;
import io.ringcode.template.Purpose;
import io.ringcode.template.Templates;
import io.ringcode.template.TextHistory;
import io.ringcode.template.TextInForce;
import io.ringcode.template.TextKey;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Texts of messages by purpose, channel and language, and their history. Auth0 has one text for all languages; this is ours. */
@RestController
@RequestMapping("/api/v2/guardian/factors/phone/texts")
public class LanguageTextsController {
    private static final String ONE = "/{purpose}/{channel}/{language}";
    private static final String READ = "read:guardian_factors";
    private static final String UPDATE = "update:guardian_factors";
    public static final int LONGEST = 2_000;

    private final LanguageTexts texts;
    private final TextHistory history;
    private final SegmentPrices prices;
    private final Tenants tenants;
    private final Changes changes;
    private final Clock clock;

    LanguageTextsController(
            LanguageTexts texts,
            TextHistory history,
            SegmentPrices prices,
            Tenants tenants,
            Changes changes,
            Clock clock) {
        this.texts = texts;
        this.history = history;
        this.prices = prices;
        this.tenants = tenants;
        this.changes = changes;
        this.clock = clock;
    }

    /** @param text Liquid */
    public record Wanted(@Length(min = 1, max = LONGEST) String text) implements JsonBody {}

    /** @param text what is in force, where it is left out */
    public record Draft(
            @Nullable @Length(min = 1, max = LONGEST) String text) implements JsonBody {}

    /**
     * @param purpose {@code enrollment} or {@code verification}
     * @param origin {@code default}, {@code own}, {@code all_languages} or {@code unified_template}
     * @param text what is in force, in Liquid
     * @param ownText the tenant's for this purpose, channel and language; null for none
     * @param segments of an SMS; null for a call, and for a text that makes no message
     */
    public record Shown(
            String purpose,
            String channel,
            String language,
            String origin,
            String text,
            @Nullable String ownText,
            String defaultText,
            @Nullable Integer segments)
            implements JsonAnswer {}

    public record All(List<Shown> texts) implements JsonAnswer {}

    /**
     * A message as it would be sent, with a made-up code.
     *
     * @param segments of an SMS; null for a call, as are encoding and prices
     * @param encoding {@code GSM-7} or {@code UCS-2}
     * @param segmentPrices what each further segment costs
     * @param warnings what is worth knowing, one sentence each; null for none
     */
    public record Preview(
            String message,
            @Nullable Integer segments,
            @Nullable String encoding,
            SegmentPrices.@Nullable Shown segmentPrices,
            @Nullable List<String> warnings)
            implements JsonAnswer {}

    /**
     * A change of a text.
     *
     * @param before what it said until then; null where there was none of the tenant's own
     * @param userId the administrator who made it; null for an application that asked by itself
     */
    public record Version(
            String id,
            IsoTime changedAt,
            @Nullable String before,
            String clientId,
            @Nullable String userId) implements JsonAnswer {
        private static Version of(TextHistory.Version version) {
            return new Version(
                    Long.toString(version.id()),
                    new IsoTime(version.at()),
                    version.before(),
                    version.client(),
                    version.user());
        }
    }

    public record Versions(List<Version> history) implements JsonAnswer {}

    @GetMapping
    @RequiresScope(READ)
    public All list(Caller caller) {
        return new All(texts.list(caller.tenant()).stream()
                .map(text -> shown(caller, text))
                .toList());
    }

    @GetMapping(ONE)
    @RequiresScope(READ)
    public Shown read(
            @PathVariable String purpose, @PathVariable String channel, @PathVariable String language, Caller caller) {
        return shown(caller, texts.get(caller.tenant(), key(caller, purpose, channel, language)));
    }

    /** Gives it a text of its own; no other one changes. The default's words are the default. */
    @PutMapping(ONE)
    @RequiresScope(UPDATE)
    public Shown set(
            @PathVariable String purpose,
            @PathVariable String channel,
            @PathVariable String language,
            Caller caller,
            Wanted wanted) {
        var key = key(caller, purpose, channel, language);
        checked(() -> changes.get(caller, setting(key), () -> {
            texts.set(caller, key, wanted.text(), clock.instant());
            return key;
        }));
        return shown(caller, texts.get(caller.tenant(), key));
    }

    /** Takes its own text away. */
    @DeleteMapping(ONE)
    @RequiresScope(UPDATE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    public void reset(
            @PathVariable String purpose, @PathVariable String channel, @PathVariable String language, Caller caller) {
        var key = key(caller, purpose, channel, language);
        changes.set(caller, setting(key), () -> texts.reset(caller, key, clock.instant()));
    }

    @PostMapping(ONE + "/preview")
    @RequiresScope(READ)
    public Preview preview(
            @PathVariable String purpose,
            @PathVariable String channel,
            @PathVariable String language,
            Caller caller,
            Draft draft) {
        var key = key(caller, purpose, channel, language);
        var tenant = caller.tenant();
        var text = Objects.requireNonNullElseGet(
                draft.text(), () -> texts.get(tenant, key).text());
        var message = checked(() -> texts.preview(tenant, key, text));
        var warnings = texts.isSaidOnce(key, message)
                ? List.of("The code is said only once. Repeat it after a pause for people who need to find a pen.")
                : null;
        if (key.channel().isSpoken())
            return new Preview(message.replace(Templates.PAUSE, " … ").strip(), null, null, null, warnings);
        var segments = Segments.of(message);
        return new Preview(message, segments.count(), segments.encoding(), prices.of(tenant), warnings);
    }

    /** The newest change first. */
    @GetMapping(ONE + "/history")
    @RequiresScope(READ)
    public Versions history(
            @PathVariable String purpose, @PathVariable String channel, @PathVariable String language, Caller caller) {
        var key = key(caller, purpose, channel, language);
        return new Versions(
                history.list(caller.tenant(), key).stream().map(Version::of).toList());
    }

    /** Of the text for all channels and languages ({@code phone/templates}). */
    @GetMapping("/{purpose}/history")
    @RequiresScope(READ)
    public Versions historyForAll(@PathVariable String purpose, Caller caller) {
        return new Versions(history.listForAll(caller.tenant(), purpose(purpose)).stream()
                .map(Version::of)
                .toList());
    }

    private Shown shown(Caller caller, TextInForce text) {
        var key = text.key();
        return new Shown(
                key.purpose().wire(),
                key.channel().wire(),
                key.language(),
                text.origin().wire(),
                text.text(),
                text.own(),
                text.usual(),
                key.channel().isSpoken() ? null : segments(caller, text).orElse(null));
    }

    private Optional<Integer> segments(Caller caller, TextInForce text) {
        try {
            return Optional.of(texts.sample(caller.tenant(), text))
                    .map(message -> Segments.of(message).count());
        } catch (InvalidTemplate unusable) {
            return Optional.empty();
        }
    }

    private static String setting(TextKey key) {
        return LanguageTexts.SETTING + "/" + key.purpose().wire() + "/"
                + key.channel().wire() + "/" + key.language();
    }

    private TextKey key(Caller caller, String purpose, String channel, String language) {
        var known = TenantProfile.of(tenants.settings(caller.tenant())).locales();
        if (!known.contains(language)) throw ManagementRefused.missing(null, "The tenant does not speak this language");
        return new TextKey(
                purpose(purpose),
                Channel.of(channel).orElseThrow(() -> ManagementRefused.missing(null, "There is no such channel")),
                language);
    }

    private static Purpose purpose(String wire) {
        return Purpose.of(wire).orElseThrow(() -> ManagementRefused.missing(null, "There is no such purpose"));
    }

    private static <T> T checked(Supplier<T> work) {
        try {
            return work.get();
        } catch (InvalidTemplate invalid) {
            throw InvalidBody.on("text", String.valueOf(invalid.getMessage()));
        }
    }
}
