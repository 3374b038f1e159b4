package io.ringcode.notice;

import io.ringcode.fraud.NoticeGuard;
import io.ringcode.network.GuardedHttp;
import io.ringcode.network.StandardWebhook;
import io.ringcode.secret.Keyring;
import io.ringcode.secret.RandomText;
import io.ringcode.secret.Sealer;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.Tenants;
import io.ringcode.user.UserId;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** Notices as signed webhooks (Standard Webhooks) to a system of the tenant's, which tells its users in its own way. */
@Component
public class NoticeWebhooks {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LARGEST_ANSWER = 64 * 1024;
    private static final int SECRET_LETTERS = 44;

    /** Of one tenant, so that one whose system hangs leaves the others alone. */
    private static final int MOST_AT_ONCE = 4;

    private final NoticeGuard guard;
    private final NoticeLinks links;
    private final GuardedHttp http;
    private final Sealer sealer;
    private final RandomText random;
    private final ObjectMapper json;
    private final Tenants tenants;
    private final Clock clock;
    private final Map<TenantId, Semaphore> running = new ConcurrentHashMap<>();

    NoticeWebhooks(
            NoticeGuard guard,
            NoticeLinks links,
            GuardedHttp http,
            Keyring keys,
            RandomText random,
            ObjectMapper json,
            Tenants tenants,
            Clock clock) {
        this.guard = guard;
        this.links = links;
        this.http = http;
        this.sealer = keys.sealer("notice-webhook");
        this.random = random;
        this.json = json;
        this.tenants = tenants;
        this.clock = clock;
    }

    /** As it is set; empty where none is. */
    public Optional<NoticeWebhook> find(TenantId tenant) {
        return Optional.of(NoticeWebhook.of(tenants.settings(tenant))).filter(NoticeWebhook::isSetUp);
    }

    /** A secret to sign with, in the form of the specification. */
    public String newSecret() {
        return "whsec_" + random.mixed(SECRET_LETTERS);
    }

    /** A secret as it is stored. */
    public String sealed(TenantId tenant, String secret) {
        return sealer.sealToken(secret, tenant.value());
    }

    /** Whether the address is written in digits and may not be reached. */
    public boolean refuses(URI address) {
        return http.refuses(address);
    }

    /** A request that is ready to be sent, whatever is changed meanwhile. */
    record Call(TenantId tenant, URI endpoint, String secret, String id, String body) {
        @Override
        public String toString() {
            return "Call[" + id + "]";
        }
    }

    /**
     * Words a notice, with a link of its own, in the transaction that claims it.
     *
     * @param id of the notice, the same at every try, so that the receiver recognizes a repetition
     * @return empty where nothing is to be sent any more
     */
    Optional<Call> prepare(TenantId tenant, UUID id, int tries, Facts.Webhook notice) {
        var webhook = NoticeWebhook.of(tenants.settings(tenant));
        var endpoint = webhook.endpoint();
        var sealed = webhook.secretSealed();
        if (endpoint == null || sealed == null) return Optional.empty();
        var now = clock.instant();
        var user = new UserId(notice.user());
        var kind = notice.kind();
        if (tries == 0 && !guard.admit(tenant, user, kind.wire(), "webhook", now)) return Optional.empty();
        var language = Locale.forLanguageTag(notice.language());
        var data = new HashMap<String, Object>();
        data.put("tenant", tenant.value());
        data.put("kind", kind.wire());
        data.put("user_id", notice.user());
        if (notice.enrollment() != null) data.put("authenticator_id", notice.enrollment());
        data.put("language", notice.language());
        data.put("text", NoticeTexts.of(language, kind.wire()));
        data.put("not_me_url", links.issue(tenant, user, kind, notice.enrollment(), now));
        var body = json.writeValueAsString(
                Map.of("type", "notice." + kind.wire(), "timestamp", notice.at().toString(), "data", data));
        return sealer.openToken(sealed, tenant.value())
                .map(secret -> new Call(tenant, URI.create(endpoint), secret, "notice_" + id, body));
    }

    /** Whether one more might run for this tenant, so that it is worth while to make it ready. */
    boolean hasRoom(TenantId tenant) {
        var places = running.get(tenant);
        return places == null || places.availablePermits() > 0;
    }

    /** Whether one more may run for this tenant now; then {@link #done} gives the place back. */
    boolean begin(TenantId tenant) {
        return running.computeIfAbsent(tenant, _ -> new Semaphore(MOST_AT_ONCE)).tryAcquire();
    }

    void done(TenantId tenant) {
        var places = running.get(tenant);
        if (places != null) places.release();
    }

    /** @throws IOException when it was not taken, with the reason */
    void post(Call call) throws IOException {
        var headers = new HashMap<>(StandardWebhook.headers(call.secret(), call.id(), clock.instant(), call.body()));
        headers.put("Content-Type", "application/json");
        var answer = http.post(call.endpoint(), headers, call.body(), new GuardedHttp.Limits(PATIENCE, LARGEST_ANSWER));
        if (answer.status() / 100 != 2) throw new IOException("Answered " + answer.status());
    }
}
