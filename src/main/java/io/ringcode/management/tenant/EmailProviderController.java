package io.ringcode.management.tenant;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.ringcode.client.Caller;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.JsonAnswer;
import io.ringcode.json.JsonBody;
import io.ringcode.json.Patch;
import io.ringcode.json.Rule.Length;
import io.ringcode.json.Rule.Matches;
import io.ringcode.json.Rule.OneOf;
import io.ringcode.json.Rule.Range;
import io.ringcode.mail.EmailProvider;
import io.ringcode.mail.EmailProviders;
import io.ringcode.mail.MailServer.Security;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.Paging;
import io.ringcode.management.json.Selected;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.EmailAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The tenant's mail server, in Auth0's shape of an e-mail provider. The password is written, never read. */
@RestController
@RequestMapping("/api/v2/emails/provider")
public class EmailProviderController {
    /** The only kind there is: every provider has an SMTP server beside its own API. */
    private static final String SMTP = "smtp";

    static final String HOST = "[A-Za-z0-9]([A-Za-z0-9.:-]{0,252}[A-Za-z0-9])?";
    private static final int MOST_SETTINGS = 4096;

    private final EmailProviders providers;
    private final Changes changes;

    EmailProviderController(EmailProviders providers, Changes changes) {
        this.providers = providers;
        this.changes = changes;
    }

    /**
     * @param smtpSecurity Ringcode's own: {@code tls}, or {@code none} for a relay on a network of one's own, which then gets
     *     no password
     */
    public record Credentials(
            @Matches(HOST) Patch<String> smtpHost,
            @Range(min = 1, max = 65535) Patch<Integer> smtpPort,
            @Length(max = 255) Patch<String> smtpUser,
            @Length(max = 1024) Patch<String> smtpPass,
            @OneOf({"tls", "none"}) Patch<String> smtpSecurity)
            implements JsonBody {
        @Override
        public String toString() {
            return "Credentials";
        }
    }

    public record Created(
            @OneOf(SMTP) String name,
            @Nullable Boolean enabled,
            @Matches(EmailAddress.PATTERN) String defaultFromAddress,
            Credentials credentials,
            Patch<JsonNode> settings)
            implements JsonBody {}

    /** What is left out stays. */
    public record Changed(
            @OneOf(SMTP) Patch<String> name,
            Patch<Boolean> enabled,
            @Matches(EmailAddress.PATTERN) Patch<String> defaultFromAddress,
            Patch<Credentials> credentials,
            Patch<JsonNode> settings)
            implements JsonBody {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ShownCredentials(
            @Nullable String smtpHost,
            int smtpPort,
            @Nullable String smtpUser,
            String smtpSecurity) implements JsonAnswer {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Shown(
            String name,
            boolean enabled,
            @Nullable String defaultFromAddress,
            ShownCredentials credentials,
            @Nullable JsonNode settings)
            implements JsonAnswer {
        static Shown of(EmailProvider provider) {
            return new Shown(
                    SMTP,
                    provider.enabled(),
                    provider.defaultFromAddress(),
                    new ShownCredentials(
                            provider.host(),
                            provider.port(),
                            provider.username(),
                            provider.security().name().toLowerCase(Locale.ROOT)),
                    provider.settings());
        }
    }

    @GetMapping
    @RequiresScope("read:email_provider")
    public Selected<Shown> provider(Caller caller, Paging paging) {
        return paging.selected(Shown.of(found(caller.tenant())));
    }

    @PostMapping
    @RequiresScope("create:email_provider")
    public Shown create(Caller caller, Created body) {
        if (providers.find(caller.tenant()).isPresent())
            throw ManagementRefused.conflict(null, "There is already a configured email provider");
        var wanted = new Changed(
                Patch.of(body.name()),
                Patch.of(body.enabled() == null || body.enabled()),
                Patch.of(body.defaultFromAddress()),
                Patch.of(body.credentials()),
                body.settings());
        return set(caller, EmailProvider.NONE, wanted);
    }

    @PatchMapping
    @RequiresScope("update:email_provider")
    public Shown update(Caller caller, Changed body) {
        return set(caller, found(caller.tenant()), body);
    }

    @DeleteMapping
    @RequiresScope("delete:email_provider")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    public void delete(Caller caller) {
        changes.set(caller, EmailProvider.SETTING, EmailProvider.NONE);
    }

    private EmailProvider found(TenantId tenant) {
        return providers
                .find(tenant)
                .orElseThrow(() -> ManagementRefused.missing(null, "There is not a configured email provider"));
    }

    private Shown set(Caller caller, EmailProvider before, Changed change) {
        var given = change.credentials().given();
        var host = given.flatMap(one -> one.smtpHost().given()).orElse(before.host());
        var port = given.flatMap(one -> one.smtpPort().given()).orElse(before.port() == 0 ? 587 : before.port());
        var user = given.map(one -> one.smtpUser().or(before.username())).orElse(before.username());
        var security = given.flatMap(one -> one.smtpSecurity().given())
                .map(name -> Security.valueOf(name.toUpperCase(Locale.ROOT)))
                .orElse(before.security());
        var password = given.isPresent() && given.get().smtpPass().sent()
                ? sealed(caller.tenant(), given.get().smtpPass().value())
                : before.passwordSealed();
        if (host == null) throw InvalidBody.on("smtp_host", "Missing required property: smtp_host");
        // Whoever moves the server elsewhere and does not know the password does not get it sent there.
        var moved = !host.equals(before.host()) || port != before.port() || security != before.security();
        if (moved && password != null && password.equals(before.passwordSealed()))
            throw InvalidBody.on("smtp_pass", "The password has to be given again for another server");
        if (security == Security.NONE && password != null)
            throw InvalidBody.on("smtp_security", "A password is sent over TLS only");
        if (providers.refuses(host, port))
            throw InvalidBody.on(
                    "smtp_host",
                    "Not allowed to connect to it: it is not public, and RINGCODE_REACHABLE does not name it");
        var settings = change.settings().or(before.settings());
        if (settings != null && (!settings.isObject() || settings.toString().length() > MOST_SETTINGS))
            throw InvalidBody.on("settings", "Expected an object of at most " + MOST_SETTINGS + " characters");
        var wanted = new EmailProvider(
                change.enabled().orKept(before.enabled()),
                change.defaultFromAddress().given().orElse(before.defaultFromAddress()),
                host,
                port,
                blankAsNone(user),
                password,
                security,
                settings);
        changes.set(caller, EmailProvider.SETTING, wanted);
        return Shown.of(wanted);
    }

    private @Nullable String sealed(TenantId tenant, @Nullable String password) {
        return password == null || password.isEmpty() ? null : providers.sealed(tenant, password);
    }

    private static @Nullable String blankAsNone(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
