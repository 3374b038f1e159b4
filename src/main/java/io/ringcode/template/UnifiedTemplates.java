package io.ringcode.template;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.ringcode.phone.Channel;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Templates of the unified phone experience. They are in force once the tenant has switched the experience on, and take
 * the place of {@link MessageTemplates} then.
 */
@Component
public class UnifiedTemplates {
    public static final String SETTING = "branding/phone/templates";

    private static final Logger log = LoggerFactory.getLogger(UnifiedTemplates.class);

    /** As it is kept. */
    public record Stored(List<UnifiedTemplate> templates) {
        public static final Stored NONE = new Stored(List.of());
    }

    @JsonNaming(SnakeCaseStrategy.class)
    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Experience(
            @Nullable Boolean phoneConsolidatedExperience,
            @Nullable String supportEmail,
            @Nullable String supportUrl,
            @Nullable String pictureUrl) {
        static final Experience UNSET = new Experience(null, null, null, null);

        boolean on() {
            return phoneConsolidatedExperience != null && phoneConsolidatedExperience;
        }
    }

    private final Tenants tenants;
    private final AddresseeFacts facts;
    private final LoadingCache<String, Liquid> parsed = Caffeine.newBuilder()
            .maximumWeight(1_000_000) // characters
            .weigher((String text, Liquid _) -> text.length())
            .build(Liquid::new);

    UnifiedTemplates(Tenants tenants, AddresseeFacts facts) {
        this.tenants = tenants;
        this.facts = facts;
    }

    public List<UnifiedTemplate> list(TenantId tenant) {
        return tenants.settings(tenant).get(SETTING, Stored.class, Stored.NONE).templates();
    }

    /**
     * Tries a text out in each of the tenant's languages.
     *
     * @throws InvalidTemplate with the reason, if the text makes no message, or one without the code that it is for
     */
    public void tryOut(TenantId tenant, UnifiedTemplate.Type type, String text, Channel channel) {
        var liquid = new Liquid(text);
        var experience = experience(tenant);
        for (var tag : TenantProfile.of(tenants.settings(tenant)).locales()) {
            var made =
                    liquid.render(variables(tenant, experience, channel, CodeText.SAMPLE, Locale.forLanguageTag(tag)));
            if (type.needsCode()) CodeText.require(made, channel, tag);
        }
    }

    /** What a template says with a made-up code, to nobody in particular. */
    public String sample(TenantId tenant, UnifiedTemplate template, Channel channel) {
        var autofill = Autofill.of(tenants.settings(tenant));
        return sample(tenant, template, channel, Locale.ENGLISH, autofill);
    }

    /** What messages of one key say, while a template is in force for it. */
    String sample(TenantId tenant, TextKey key) {
        return inForce(tenant, key.purpose())
                .map(template ->
                        sample(tenant, template, key.channel(), key.locale(), Autofill.of(tenants.settings(tenant))))
                .orElse("");
    }

    private String sample(
            TenantId tenant, UnifiedTemplate template, Channel channel, Locale language, Autofill autofill) {
        var experience = experience(tenant);
        var body = template.body(channel);
        var text = parsed.get(body).render(variables(tenant, experience, channel, CodeText.SAMPLE, language));
        return !channel.isSpoken() && template.type().needsCode()
                ? autofill.after(text, CodeText.SAMPLE, tenants.domain(tenant))
                : text;
    }

    /** What is worth knowing of a template and no reason to refuse it, one sentence each. */
    public List<String> warnings(TenantId tenant, UnifiedTemplate template) {
        return warnings(tenant, template, Autofill.of(tenants.settings(tenant)));
    }

    /** Of all templates that are in force, with another last line. */
    public List<String> warnings(TenantId tenant, Autofill autofill) {
        if (!experience(tenant).on()) return List.of();
        return list(tenant).stream()
                .filter(template -> !template.disabled())
                .flatMap(template -> warnings(tenant, template, autofill).stream())
                .toList();
    }

    private List<String> warnings(TenantId tenant, UnifiedTemplate template, Autofill autofill) {
        var texts = new LinkedHashMap<String, String>();
        for (var tag : TenantProfile.of(tenants.settings(tenant)).locales())
            texts.put(tag, sampleOrNothing(tenant, template, Locale.forLanguageTag(tag), autofill));
        return SegmentWarnings.of(template.type().wire(), texts);
    }

    /** A template that was fine when it was saved may fail in a language that it branches on. */
    private String sampleOrNothing(TenantId tenant, UnifiedTemplate template, Locale language, Autofill autofill) {
        try {
            return sample(tenant, template, Channel.USUAL, language, autofill);
        } catch (InvalidTemplate unusable) {
            return "";
        }
    }

    private Experience experience(TenantId tenant) {
        return tenants.settings(tenant).get(TenantProfile.SETTING, Experience.class, Experience.UNSET);
    }

    /** What a message to nobody in particular says; empty where {@link #render} has none that works. */
    Optional<String> sample(TenantId tenant, Purpose purpose, Locale language) {
        return inForce(tenant, purpose)
                .map(template -> sampleOrNothing(tenant, template, language, Autofill.of(tenants.settings(tenant))))
                .filter(text -> CodeText.isIn(text, CodeText.SAMPLE));
    }

    /** The template that messages of that purpose are made by; empty where it is another kind of text. */
    Optional<UnifiedTemplate> inForce(TenantId tenant, Purpose purpose) {
        if (!experience(tenant).on()) return Optional.empty();
        return list(tenant).stream()
                .filter(template -> template.type() == UnifiedTemplate.Type.of(purpose) && !template.disabled())
                .findFirst();
    }

    /**
     * The text, and who it is from.
     *
     * @return empty where the experience is off, or the tenant has no such template of its own that works
     */
    public Optional<MessageText> render(Addressee to, Purpose purpose, Channel channel, String code, Locale language) {
        return inForce(to.tenant(), purpose)
                .flatMap(template -> render(template, to, experience(to.tenant()), channel, code, language));
    }

    private Optional<MessageText> render(
            UnifiedTemplate template,
            Addressee to,
            Experience experience,
            Channel channel,
            String code,
            Locale language) {
        var variables = variables(to.tenant(), experience, channel, code, language);
        try {
            var body = template.body(channel);
            if (facts.areNamedIn(body)) variables.putAll(facts.of(to));
            var text = parsed.get(body).render(variables);
            if (CodeText.isIn(text, code)) {
                var tenant = to.tenant();
                var whole = !channel.isSpoken()
                        ? Autofill.of(tenants.settings(tenant)).after(text, code, tenants.domain(tenant))
                        : text;
                return Optional.of(new MessageText(whole, template.from()));
            }
            log.warn("Sent the default text: template {} leaves the code out", template.id());
        } catch (InvalidTemplate unusable) {
            log.warn("Sent the default text: template {} is unusable: {}", template.id(), unusable.getMessage());
        }
        return Optional.empty();
    }

    private Map<String, Object> variables(
            TenantId tenant, Experience experience, Channel channel, String code, Locale language) {
        var variables = new HashMap<String, Object>();
        variables.put("code", CodeText.spelled(code, channel));
        variables.put("pause", CodeText.pause(channel));
        variables.put("tenant", tenant.value());
        variables.put(
                "friendly_name", TenantProfile.of(tenants.settings(tenant)).nameOf(tenant));
        variables.put("support_email", text(experience.supportEmail()));
        variables.put("support_url", text(experience.supportUrl()));
        variables.put("logo_url", text(experience.pictureUrl()));
        variables.put("locale", language.toLanguageTag());
        variables.put("custom_domain", Map.of("domain", tenants.domain(tenant).orElse("")));
        return variables;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
