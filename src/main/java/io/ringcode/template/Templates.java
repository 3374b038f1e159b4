package io.ringcode.template;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.ringcode.phone.Channel;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The words around a code: a tenant's own Liquid, or ours in the user's language. */
@Component
public class Templates {
    /** Stands in a voice text where the speaker falls silent for a moment; each carrier has its own way to do so. */
    public static final String PAUSE = "\uE000";

    private static final Logger log = LoggerFactory.getLogger(Templates.class);

    private final Tenants tenants;
    private final DefaultTexts defaults = new DefaultTexts();
    private final LoadingCache<String, Liquid> parsed = Caffeine.newBuilder()
            .maximumWeight(1_000_000) // characters; a parsed template takes some hundred bytes for each
            .weigher((String text, Liquid _) -> text.length())
            .build(Liquid::new);

    public Templates(Tenants tenants) {
        this.tenants = tenants;
    }

    /**
     * The text ready for a carrier. A tenant's template that fails, or that leaves the code out, gives way to our own
     * wording: no template keeps a code from being sent.
     *
     * @param acceptLanguage as the browser sent it, for templates that branch on {@code requestInfo.lang}
     * @return for voice with dots between the digits of the code, and {@link #PAUSE} where a pause belongs
     */
    public String render(
            TenantId tenant,
            Purpose purpose,
            Channel channel,
            String code,
            Locale language,
            @Nullable String acceptLanguage) {
        var words = words(tenant, purpose, channel, code, language, acceptLanguage);
        return channel.isSpoken() ? words : autofill(tenant).after(words, code, tenants.domain(tenant));
    }

    private String words(
            TenantId tenant,
            Purpose purpose,
            Channel channel,
            String code,
            Locale language,
            @Nullable String acceptLanguage) {
        var spelled = CodeText.spelled(code, channel);
        var template = chosen(tenant, purpose, channel, language);
        if (template != null) {
            try {
                var text = parsed.get(template).render(variables(tenant, channel, spelled, language, acceptLanguage));
                if (CodeText.isIn(text, code)) return text;
                warn(tenant, purpose, channel, "it left the code out");
            } catch (InvalidTemplate unusable) {
                warn(tenant, purpose, channel, unusable.getMessage());
            }
        }
        return defaults.render(purpose, channel, language, spelled, nameOf(tenant));
    }

    /** The tenant's template for such messages; null where the default is in force. */
    @Nullable
    String chosen(TenantId tenant, Purpose purpose, Channel channel, Locale language) {
        return chosen(tenant, current(tenant), purpose, channel, language);
    }

    private @Nullable String chosen(
            TenantId tenant, MessageTemplates forAll, Purpose purpose, Channel channel, Locale language) {
        return OwnTexts.of(tenants.settings(tenant))
                .find(purpose, channel, language)
                .orElse(forAll.changed(purpose));
    }

    /** The default of one key, in Liquid. */
    String usual(TextKey key) {
        return defaults.liquid(key);
    }

    /** The text for all languages and channels that are in force, with the defaults where nothing was saved. */
    public MessageTemplates current(TenantId tenant) {
        return tenants.settings(tenant).get(MessageTemplates.SETTING, MessageTemplates.class, MessageTemplates.DEFAULT);
    }

    /** The line by which a browser fills the code in. */
    public Autofill autofill(TenantId tenant) {
        return Autofill.of(tenants.settings(tenant));
    }

    /**
     * @param channels that the tenant sends by; with another one the texts are to be {@link #check}ed again
     * @return what is worth knowing and no reason to refuse, one sentence each
     * @throws InvalidTemplate if either is not Liquid, or makes no message with a code in it; then neither is saved
     */
    public List<String> save(TenantId tenant, MessageTemplates templates, Set<Channel> channels, Instant now) {
        check(tenant, templates, channels);
        tenants.set(tenant, MessageTemplates.SETTING, templates, now);
        return warnings(tenant, templates, autofill(tenant));
    }

    /** Languages that keep a text of their own whatever the one for all languages says. */
    public List<String> languagesWithOwn(TenantId tenant, Purpose purpose) {
        return OwnTexts.of(tenants.settings(tenant)).languages(purpose);
    }

    /** Of the templates in force, with another last line. */
    public List<String> warnings(TenantId tenant, Autofill autofill) {
        return warnings(tenant, current(tenant), autofill);
    }

    private List<String> warnings(TenantId tenant, MessageTemplates templates, Autofill autofill) {
        var warnings = new ArrayList<String>();
        for (var purpose : Purpose.values()) {
            var texts = new LinkedHashMap<String, String>();
            for (var tag : TenantProfile.of(tenants.settings(tenant)).locales()) {
                var text = sampleOrNothing(tenant, templates, purpose, Locale.forLanguageTag(tag));
                texts.put(tag, autofill.after(text, CodeText.SAMPLE, tenants.domain(tenant)));
            }
            warnings.addAll(SegmentWarnings.of(purpose.field(), texts));
        }
        return List.copyOf(warnings);
    }

    /**
     * What a message would say, with a made-up code.
     *
     * @throws InvalidTemplate as {@link #save}
     */
    public String preview(
            TenantId tenant, MessageTemplates templates, Purpose purpose, Channel channel, Locale language) {
        check(tenant, templates, Set.of(channel));
        return whole(tenant, channel, sample(tenant, templates.changed(purpose), purpose, channel, language));
    }

    /**
     * What messages of one key would say with that text.
     *
     * @throws InvalidTemplate as {@link #check(TenantId, TextKey, String)}
     */
    String preview(TenantId tenant, TextKey key, String text) {
        check(tenant, key, text);
        return whole(tenant, key.channel(), sample(tenant, text, key.purpose(), key.channel(), key.locale()));
    }

    /** What messages of one key say now. */
    String sample(TenantId tenant, TextKey key) {
        var template = chosen(tenant, key.purpose(), key.channel(), key.locale());
        return whole(tenant, key.channel(), sample(tenant, template, key.purpose(), key.channel(), key.locale()));
    }

    private String whole(TenantId tenant, Channel channel, String text) {
        return channel.isSpoken() ? text : autofill(tenant).after(text, CodeText.SAMPLE, tenants.domain(tenant));
    }

    /** A template that was fine for the tenant's languages when it was saved may fail in one that came later. */
    private String sampleOrNothing(TenantId tenant, MessageTemplates templates, Purpose purpose, Locale language) {
        try {
            var template = chosen(tenant, templates, purpose, Channel.USUAL, language);
            return sample(tenant, template, purpose, Channel.USUAL, language);
        } catch (InvalidTemplate unusable) {
            return "";
        }
    }

    private String sample(
            TenantId tenant, @Nullable String template, Purpose purpose, Channel channel, Locale language) {
        var code = CodeText.spelled(CodeText.SAMPLE, channel);
        return template == null
                ? defaults.render(purpose, channel, language, code, nameOf(tenant))
                : parsed.get(template).render(variables(tenant, channel, code, language, language.toLanguageTag()));
    }

    /**
     * Tries the texts out on these channels.
     *
     * @throws InvalidTemplate as {@link #save}
     */
    public void check(TenantId tenant, MessageTemplates templates, Set<Channel> channels) {
        for (var purpose : Purpose.values()) tryOut(tenant, purpose.field(), templates.of(purpose), channels);
    }

    /**
     * Tries a text out for the messages of one key.
     *
     * @throws InvalidTemplate if it is not Liquid, or makes no message with a code in it
     */
    void check(TenantId tenant, TextKey key, String text) {
        tryOut(tenant, new Liquid(text), key.channel(), key.language());
    }

    private void tryOut(TenantId tenant, String field, String template, Set<Channel> channels) {
        try {
            var liquid = new Liquid(template);
            for (var tag : TenantProfile.of(tenants.settings(tenant)).locales())
                for (var channel : channels) tryOut(tenant, liquid, channel, tag);
        } catch (InvalidTemplate unusable) {
            throw new InvalidTemplate(field + ": " + unusable.getMessage());
        }
    }

    private void tryOut(TenantId tenant, Liquid liquid, Channel channel, String tag) {
        var code = CodeText.spelled(CodeText.SAMPLE, channel);
        CodeText.require(
                liquid.render(variables(tenant, channel, code, Locale.forLanguageTag(tag), tag)), channel, tag);
    }

    private Map<String, Object> variables(
            TenantId tenant, Channel channel, String code, Locale language, @Nullable String acceptLanguage) {
        var name = nameOf(tenant);
        return Map.of(
                "code", code,
                "message_type", channel.wire(),
                "tenant", Map.of("friendly_name", name, "friendlyName", name),
                "locale", language.toLanguageTag(),
                "requestInfo", Map.of("lang", acceptLanguage == null ? "" : acceptLanguage),
                "pause", CodeText.pause(channel),
                "custom_domain", Map.of("domain", tenants.domain(tenant).orElse("")));
    }

    private String nameOf(TenantId tenant) {
        return TenantProfile.of(tenants.settings(tenant)).nameOf(tenant);
    }

    private static void warn(TenantId tenant, Purpose purpose, Channel channel, @Nullable String reason) {
        log.warn(
                "Sent the default text: the {} template of tenant {} is unusable for {}: {}",
                purpose,
                tenant.value(),
                channel.wire(),
                reason);
    }
}
