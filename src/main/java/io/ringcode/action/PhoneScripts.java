package io.ringcode.action;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.ringcode.action.Script.Kind;
import io.ringcode.action.node.NoNode;
import io.ringcode.action.node.ScriptError;
import io.ringcode.delivery.FailureCause;
import io.ringcode.delivery.carrier.PhoneMessage;
import io.ringcode.delivery.carrier.PhoneProvider;
import io.ringcode.delivery.carrier.SendResult;
import io.ringcode.delivery.carrier.SendResult.Accepted;
import io.ringcode.delivery.carrier.SendResult.Refused;
import io.ringcode.delivery.carrier.SendResult.Unavailable;
import io.ringcode.delivery.carrier.SendResult.Unknown;
import io.ringcode.phone.Channel;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The tenant's own script as a carrier. A bound action goes before an enabled hook, as its successor; one on
 * {@code custom-phone-provider} goes first where the tenant has the consolidated experience, and last elsewhere. A script that gives
 * an error has refused the message, unless the error is one of a network or of a carrier that is busy: those pass.
 */
@Component
class PhoneScripts implements PhoneProvider {
    private static final Logger log = LoggerFactory.getLogger(PhoneScripts.class);

    /** Auth0's own limit for {@code api.notification.retry}. */
    private static final int MOST_RETRIES = 5;

    private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(10);

    /** Node.js' codes, and those of axios and undici, for connections that broke or were never made. */
    private static final Set<String> PASSING = Set.of(
            "ECONNREFUSED",
            "ECONNRESET",
            "ECONNABORTED",
            "EPIPE",
            "ETIMEDOUT",
            "ESOCKETTIMEDOUT",
            "EHOSTUNREACH",
            "ENETUNREACH",
            "ENOTFOUND",
            "EAI_AGAIN",
            "EMFILE",
            "UND_ERR_CONNECT_TIMEOUT",
            "UND_ERR_HEADERS_TIMEOUT",
            "UND_ERR_BODY_TIMEOUT",
            "UND_ERR_SOCKET");

    private final LiveScripts scripts;
    private final Tenants tenants;
    private final PhoneCalls calls;
    private final ScriptRuns runs;
    private final ApplicationEventPublisher events;
    private final Cache<UUID, AtomicInteger> retries = Caffeine.newBuilder()
            .expireAfterAccess(Duration.ofMinutes(15))
            .maximumSize(10_000)
            .build();

    PhoneScripts(
            LiveScripts scripts, Tenants tenants, PhoneCalls calls, ScriptRuns runs, ApplicationEventPublisher events) {
        this.scripts = scripts;
        this.tenants = tenants;
        this.calls = calls;
        this.runs = runs;
        this.events = events;
    }

    @Override
    public String name() {
        return "phone-message-hook";
    }

    @Override
    public String title() {
        return "Your script";
    }

    @Override
    public boolean offers(Channel channel) {
        return true;
    }

    @Override
    public boolean ready(TenantId tenant, Channel channel) {
        return answering(tenant).isPresent();
    }

    @Override
    public Duration longestSend(Duration usual) {
        return ScriptRuns.LIMIT.plusSeconds(12);
    }

    private record Answering(LiveScript script, Trigger trigger) {}

    private Optional<Answering> answering(TenantId tenant) {
        var classic = find(tenant, Kind.ACTION, Trigger.SEND_PHONE_MESSAGE)
                .or(() -> find(tenant, Kind.HOOK, Trigger.SEND_PHONE_MESSAGE));
        var unified = find(tenant, Kind.ACTION, Trigger.CUSTOM_PHONE_PROVIDER);
        var experience = tenants.settings(tenant).get(TenantProfile.SETTING, Experience.class, Experience.UNSET);
        return experience.isUnified() ? unified.or(() -> classic) : classic.or(() -> unified);
    }

    /** Which of Auth0's two ways to configure phone messages the tenant has chosen. */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Experience(@Nullable Boolean phoneConsolidatedExperience) {
        static final Experience UNSET = new Experience(null);

        boolean isUnified() {
            return Boolean.TRUE.equals(phoneConsolidatedExperience);
        }
    }

    private Optional<Answering> find(TenantId tenant, Kind kind, Trigger trigger) {
        return scripts.answering(tenant, kind, trigger).map(script -> new Answering(script, trigger));
    }

    @Override
    public SendResult send(PhoneMessage message) {
        var answering = answering(message.tenant()).orElse(null);
        if (answering == null) return new Refused("no_script", FailureCause.ACCOUNT);
        var live = answering.script();
        var about = message.context();
        var masking = new Masking(
                live.secrets().values(),
                about == null ? null : about.code(),
                message.to().e164());
        try {
            var call = calls.of(live, answering.trigger(), message);
            var run = runs.run(live, answering.trigger(), call, masking);
            if (live.script().kind() == Kind.ACTION) tell(message, live.script(), run.execution());
            return read(message, run);
        } catch (NoNode missing) {
            log.error("A hook of tenant {} was not run: {}", message.tenant().value(), missing.getMessage());
            return new Refused("no_node", FailureCause.ACCOUNT);
        }
    }

    private void tell(PhoneMessage message, Script action, Execution execution) {
        switch (execution.result()) {
            case SENT, DONE, DROPPED, RETRY -> {}
            case FAILED, TIMED_OUT, DIED, NOT_RUN ->
                events.publishEvent(new ActionFailed(
                        message.tenant(),
                        action.id(),
                        action.name(),
                        execution.version(),
                        execution.trigger().id(),
                        execution.id(),
                        execution.result().wire(),
                        execution.error(),
                        message.user(),
                        message.client()));
        }
    }

    private SendResult read(PhoneMessage message, ScriptRuns.Run run) {
        var execution = run.execution();
        var code = execution.result().wire();
        var said = execution.error();
        return switch (execution.result()) {
            case SENT, DONE -> new Accepted(execution.id().toString());
            case DROPPED -> new Refused(code, FailureCause.VENDOR, said);
            case RETRY -> again(message, code, said);
            case FAILED -> {
                var error = Objects.requireNonNull(run.error());
                yield passes(error)
                        ? new Unavailable(code(error), retryAfter(error.retryAfter()), said)
                        : new Refused(code(error), FailureCause.VENDOR, said);
            }
            case TIMED_OUT -> new Unknown("timeout", said);
            case DIED -> new Unknown(code, said);
            case NOT_RUN -> new Unavailable(code, null, said);
        };
    }

    private SendResult again(PhoneMessage message, String code, @Nullable String reason) {
        var asked = retries.get(message.id(), _ -> new AtomicInteger()).incrementAndGet();
        return asked <= MOST_RETRIES
                ? new Unavailable(code, null, reason)
                : new Refused(code, FailureCause.VENDOR, reason);
    }

    /** In the words that carriers' answers have; what the script itself calls it may be anything, and is masked in its text. */
    private static String code(ScriptError error) {
        if (error.status() >= 100 && error.status() <= 599) return "http_" + error.status();
        return error.code() != null && PASSING.contains(error.code()) ? error.code() : "failed";
    }

    private static boolean passes(ScriptError error) {
        if (error.status() == 408 || error.status() == 429 || error.status() >= 500) return true;
        return error.status() == 0 && error.code() != null && PASSING.contains(error.code());
    }

    private static @Nullable Duration retryAfter(@Nullable String header) {
        if (header == null || !header.strip().matches("\\d{1,6}")) return null;
        var asked = Duration.ofSeconds(Long.parseLong(header.strip()));
        return asked.compareTo(LONGEST_RETRY_AFTER) < 0 ? asked : LONGEST_RETRY_AFTER;
    }
}
