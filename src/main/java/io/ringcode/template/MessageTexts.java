package io.ringcode.template;

import io.ringcode.phone.Channel;
import io.ringcode.tenant.TenantId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The words around a code, by whichever kind of template is in force. */
@Component
public class MessageTexts {
    private final Templates templates;
    private final UnifiedTemplates unified;

    MessageTexts(Templates templates, UnifiedTemplates unified) {
        this.templates = templates;
        this.unified = unified;
    }

    /** Whether a text message for a sign-in begins with its code. */
    public boolean beginsWithCode(TenantId tenant, Locale language) {
        var text = unified.sample(tenant, Purpose.VERIFICATION, language)
                .orElseGet(() ->
                        templates.render(tenant, Purpose.VERIFICATION, Channel.USUAL, CodeText.SAMPLE, language, null));
        return text.strip().startsWith(CodeText.SAMPLE);
    }

    /** As {@link Templates#render}. */
    public MessageText render(
            Addressee to,
            Purpose purpose,
            Channel channel,
            String code,
            Locale language,
            @Nullable String acceptLanguage) {
        return unified.render(to, purpose, channel, code, language)
                .orElseGet(() -> new MessageText(
                        templates.render(to.tenant(), purpose, channel, code, language, acceptLanguage), null));
    }
}
