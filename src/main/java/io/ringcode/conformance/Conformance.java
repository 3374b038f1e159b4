package io.ringcode.conformance;

import io.ringcode.log.stream.LogStream;
import io.ringcode.log.stream.LogStreams;
import io.ringcode.mail.Mails;
import io.ringcode.server.settings.Settings;
import io.ringcode.template.MessageTexts;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The conformance report: every requirement of the standards, judged by one tenant's settings of now. */
@Component
public class Conformance {
    /** Standard by standard, by what they are about. */
    public static final List<Requirement> REQUIREMENTS = Stream.of(
                    NistAuthenticators.LINES,
                    NistLifeCycle.LINES,
                    AsvsAuthentication.LINES,
                    AsvsFactors.LINES,
                    AsvsOperation.LINES,
                    AsvsLogging.LINES)
            .flatMap(List::stream)
            .toList();

    private final Tenants tenants;
    private final MessageTexts texts;
    private final Mails mails;
    private final LogStreams streams;
    private final Settings server;

    Conformance(Tenants tenants, MessageTexts texts, Mails mails, LogStreams streams, Settings server) {
        this.tenants = tenants;
        this.texts = texts;
        this.mails = mails;
        this.streams = streams;
        this.server = server;
    }

    public record Judged(Requirement requirement, Judgement judgement) {}

    public List<Judged> report(TenantId tenant) {
        var configuration = configuration(tenant);
        return REQUIREMENTS.stream()
                .map(one -> new Judged(one, one.judge(configuration)))
                .toList();
    }

    private TenantConfiguration configuration(TenantId tenant) {
        var carrying = streams.all(tenant).stream()
                .filter(stream -> stream.status() == LogStream.Status.ACTIVE)
                .count();
        var settings = tenants.settings(tenant);
        var language =
                Locale.forLanguageTag(TenantProfile.of(settings).locales().getFirst());
        return new TenantConfiguration(
                settings,
                texts.beginsWithCode(tenant, language),
                mails.canSend(tenant),
                (int) carrying,
                server.devPhone(),
                server.signingKeyPeriod());
    }
}
