package io.ringcode.template;

import io.ringcode.client.Caller;
import io.ringcode.phone.Channel;
import io.ringcode.template.TextInForce.Origin;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Texts by purpose, channel and language: what is in force for each, and a tenant's own. An own text goes before the one
 * for all languages ({@link MessageTemplates}); a template of the unified phone experience goes before both.
 */
@Component
public class LanguageTexts {
    public static final String SETTING = "guardian/factors/phone/texts";

    private final Tenants tenants;
    private final Templates templates;
    private final UnifiedTemplates unified;
    private final TextHistory history;

    LanguageTexts(Tenants tenants, Templates templates, UnifiedTemplates unified, TextHistory history) {
        this.tenants = tenants;
        this.templates = templates;
        this.unified = unified;
        this.history = history;
    }

    /** Of each purpose and channel in each of the tenant's languages. */
    public List<TextInForce> list(TenantId tenant) {
        var all = new ArrayList<TextInForce>();
        for (var language : TenantProfile.of(tenants.settings(tenant)).locales())
            for (var purpose : List.of(Purpose.VERIFICATION, Purpose.ENROLLMENT))
                for (var channel : Channel.values()) all.add(get(tenant, new TextKey(purpose, channel, language)));
        return all;
    }

    public TextInForce get(TenantId tenant, TextKey key) {
        var own = OwnTexts.of(tenants.settings(tenant)).find(key).orElse(null);
        var usual = templates.usual(key);
        var template = unified.inForce(tenant, key.purpose());
        if (template.isPresent())
            return new TextInForce(key, Origin.UNIFIED_TEMPLATE, template.get().body(key.channel()), own, usual);
        if (own != null) return new TextInForce(key, Origin.OWN, own, own, usual);
        var chosen = templates.chosen(tenant, key.purpose(), key.channel(), key.locale());
        if (chosen == null) return new TextInForce(key, Origin.DEFAULT, usual, null, usual);
        var forAll = templates.current(tenant).changed(key.purpose());
        // Where they differ, it is the own text of the same language without its region.
        var origin = chosen.equals(forAll) ? Origin.ALL_LANGUAGES : Origin.OWN;
        return new TextInForce(key, origin, chosen, null, usual);
    }

    /**
     * Gives one key a text of its own; the default's words are no own ones.
     *
     * @throws InvalidTemplate if it is not Liquid, or makes no message with a code in it
     */
    public void set(Caller who, TextKey key, String text, Instant now) {
        templates.check(who.tenant(), key, text);
        var forAll = templates.current(who.tenant()).changed(key.purpose());
        // With a text for all languages in force, the default's words are something else.
        if (forAll == null && same(text, templates.usual(key))) reset(who, key, now);
        else change(who, key, text, now);
    }

    /** Takes the own text of one key away. */
    public void reset(Caller who, TextKey key, Instant now) {
        tenants.update(who.tenant(), SETTING, OwnTexts.class, OwnTexts.NONE, stored -> {
            var before = stored.find(key);
            if (before.isPresent()) history.add(who, key, before.get(), now);
            return stored.without(key);
        });
    }

    private void change(Caller who, TextKey key, String text, Instant now) {
        tenants.update(who.tenant(), SETTING, OwnTexts.class, OwnTexts.NONE, stored -> {
            var before = stored.find(key).orElse(null);
            if (!text.equals(before)) history.add(who, key, before, now);
            return stored.with(key, text);
        });
    }

    /**
     * Sets the text for all languages and channels, as {@link Templates#save}, and keeps the previous text.
     *
     * @return as there
     */
    public List<String> setForAll(Caller who, MessageTemplates wanted, Set<Channel> channels, Instant now) {
        var before = templates.current(who.tenant());
        for (var purpose : Purpose.values())
            if (!wanted.of(purpose).equals(before.of(purpose)))
                history.addForAll(who, purpose, before.changed(purpose), now);
        return templates.save(who.tenant(), wanted, channels, now);
    }

    /**
     * What messages of one key would say with that text, and a made-up code.
     *
     * @throws InvalidTemplate as {@link #set}
     */
    public String preview(TenantId tenant, TextKey key, String text) {
        return templates.preview(tenant, key, text);
    }

    /**
     * What the messages of one key say now, with a made-up code.
     *
     * @throws InvalidTemplate if what is in force would give way to the default
     */
    public String sample(TenantId tenant, TextInForce text) {
        return switch (text.origin()) {
            case UNIFIED_TEMPLATE -> unified.sample(tenant, text.key());
            case DEFAULT, OWN, ALL_LANGUAGES -> templates.sample(tenant, text.key());
        };
    }

    /** Whether a preview is of a call that says its code only once: who hears it has nothing to write with yet. */
    public boolean isSaidOnce(TextKey key, String preview) {
        return key.channel().isSpoken() && CodeText.isOnceIn(preview, CodeText.SAMPLE);
    }

    /** Blanks at its ends are no part of a text, nor are those within the braces. */
    private static boolean same(String one, String other) {
        return plain(one).equals(plain(other));
    }

    private static String plain(String text) {
        return text.strip().replaceAll("\\{\\{\\s*", "{{").replaceAll("\\s*}}", "}}");
    }
}
