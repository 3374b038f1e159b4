package io.ringcode.management.tenant;

import io.ringcode.client.Caller;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.JsonAnswer;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Rule.Items;
import io.ringcode.json.Rule.Length;
import io.ringcode.json.Rule.Matches;
import io.ringcode.json.Rule.NullAllowed;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.notice.NoticeKind;
import io.ringcode.notice.NoticeSettings;
import io.ringcode.notice.NoticeWebhook;
import io.ringcode.notice.NoticeWebhooks;
import io.ringcode.tenant.Tenants;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Which events account owners are not told of, and the tenant's webhook that is told too. Auth0 has no such settings. */
@RestController
@RequestMapping("/api/v2/guardian/notices")
public class NoticesController {
    private final Tenants tenants;
    private final NoticeWebhooks webhooks;
    private final Changes changes;

    NoticesController(Tenants tenants, NoticeWebhooks webhooks, Changes changes) {
        this.tenants = tenants;
        this.webhooks = webhooks;
        this.changes = changes;
    }

    /** @param off kinds of events that nobody is told of, such as {@code factor-changed} */
    public record Kinds(
            @Items(max = 20, unique = true) @Length(max = 40)
            List<String> off) implements JsonBody, JsonAnswer {}

    @GetMapping
    @RequiresScope("read:guardian_factors")
    public Kinds notices(Caller caller) {
        return new Kinds(NoticeSettings.of(tenants.settings(caller.tenant())).off());
    }

    @PutMapping
    @RequiresScope("update:guardian_factors")
    public Kinds set(Caller caller, Kinds wanted) {
        for (var kind : wanted.off())
            if (NoticeKind.of(kind).isEmpty()) throw InvalidBody.on("off", "There is no kind " + kind);
        changes.set(caller, NoticeSettings.SETTING, new NoticeSettings(wanted.off()));
        return wanted;
    }

    /**
     * @param endpoint where notices are posted to
     * @param signingSecret as the Standard Webhooks specification has it; one is made where there is none
     */
    public record WantedWebhook(
            @Length(min = 1, max = 2048) String endpoint,

            @Nullable @NullAllowed @Matches("whsec_[A-Za-z0-9+/]{32,86}={0,2}")
            String signingSecret)
            implements JsonBody {
        public WantedWebhook {
            endpoint = address(endpoint);
        }

        private static String address(String text) {
            try {
                var address = new URI(text);
                if (address.getHost() != null
                        && ("https".equalsIgnoreCase(address.getScheme())
                                || "http".equalsIgnoreCase(address.getScheme()))
                        && address.getUserInfo() == null
                        && address.getPort() != 0) return address.toASCIIString();
            } catch (URISyntaxException unreadable) {
                // the same refusal
            }
            throw InvalidBody.on("endpoint", "Must be an address that begins with https:// or http://");
        }

        @Override
        public String toString() {
            return "WantedWebhook[" + endpoint + "]";
        }
    }

    /** @param signingSecret told where it was made or given just now; null otherwise */
    public record Webhook(String endpoint, @Nullable String signingSecret) implements JsonAnswer {
        @Override
        public String toString() {
            return "Webhook[" + endpoint + "]";
        }
    }

    @GetMapping("/webhook")
    @RequiresScope("read:guardian_factors")
    public Webhook webhook(Caller caller) {
        return webhooks.find(caller.tenant())
                .map(NoticeWebhook::endpoint)
                .map(endpoint -> new Webhook(endpoint, null))
                .orElseThrow(() -> ManagementRefused.missing(null, "There is no webhook for notices."));
    }

    @PutMapping("/webhook")
    @RequiresScope("update:guardian_factors")
    public Webhook setWebhook(Caller caller, WantedWebhook wanted) {
        if (webhooks.refuses(URI.create(wanted.endpoint())))
            throw InvalidBody.on(
                    "endpoint",
                    "Not allowed to connect to it: it is not public, and RINGCODE_REACHABLE does not name it");
        var tenant = caller.tenant();
        var before = webhooks.find(tenant).map(NoticeWebhook::secretSealed).orElse(null);
        var given = wanted.signingSecret();
        var secret = given == null && before == null ? webhooks.newSecret() : given;
        var sealed = secret == null ? before : webhooks.sealed(tenant, secret);
        changes.set(caller, NoticeWebhook.SETTING, new NoticeWebhook(wanted.endpoint(), sealed));
        return new Webhook(wanted.endpoint(), secret);
    }

    @DeleteMapping("/webhook")
    @RequiresScope("update:guardian_factors")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    public void removeWebhook(Caller caller) {
        changes.set(caller, NoticeWebhook.SETTING, NoticeWebhook.NONE);
    }
}
