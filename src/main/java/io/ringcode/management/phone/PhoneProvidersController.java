package io.ringcode.management.phone;

import io.ringcode.client.Caller;
import io.ringcode.delivery.account.AccountForm;
import io.ringcode.delivery.account.CarrierAccount;
import io.ringcode.delivery.account.CarrierAccount.Change;
import io.ringcode.delivery.account.CarrierAccounts;
import io.ringcode.delivery.account.FieldChange;
import io.ringcode.delivery.carrier.Carriers;
import io.ringcode.delivery.carrier.ReceiptAddresses;
import io.ringcode.delivery.carrier.SelectedProvider;
import io.ringcode.json.InvalidBody;
import io.ringcode.json.IsoTime;
import io.ringcode.json.JsonAnswer;
import io.ringcode.json.JsonBody;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.Paging;
import io.ringcode.phone.Channel;
import io.ringcode.tenant.Tenants;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/**
 * Accounts with carriers, in Auth0's shape for Twilio and in the same style for all others: what may be shown is
 * {@code configuration}, what may not {@code credentials}. Auth0 has one for a tenant, Ringcode one for each carrier.
 */
@RestController
@RequestMapping("/api/v2/branding/phone/providers")
public class PhoneProvidersController {
    private static final String MISSING = "Notification Resource not found";

    private final Carriers carriers;
    private final CarrierAccounts accounts;
    private final ReceiptAddresses addresses;
    private final CredentialCheck check;
    private final CustomProvider custom;
    private final Tenants tenants;
    private final Changes changes;

    PhoneProvidersController(
            Carriers carriers,
            CarrierAccounts accounts,
            ReceiptAddresses addresses,
            CredentialCheck check,
            CustomProvider custom,
            Tenants tenants,
            Changes changes) {
        this.carriers = carriers;
        this.accounts = accounts;
        this.addresses = addresses;
        this.check = check;
        this.custom = custom;
        this.tenants = tenants;
        this.changes = changes;
    }

    /**
     * A new account.
     *
     * @param name the carrier's
     * @param configuration fields of the carrier's form that are no secrets, and the delivery methods
     * @param credentials fields that are secrets
     */
    public record Create(String name, @Nullable Boolean disabled, ObjectNode configuration, ObjectNode credentials)
            implements JsonBody {}

    /** @param name must be the account's own */
    public record Update(
            @Nullable String name,
            @Nullable Boolean disabled,
            @Nullable ObjectNode configuration,
            @Nullable ObjectNode credentials)
            implements JsonBody {}

    public record ShownList(List<Shown> providers) implements JsonAnswer {}

    /**
     * An account; never its credentials.
     *
     * @param receiptUrl where the carrier reports what became of messages; null where it does not, or cannot reach this
     *     server
     * @param warnings what could not be checked; null for nothing
     */
    public record Shown(
            String id,
            String tenant,
            String name,
            String channel,
            boolean disabled,
            Map<String, Object> configuration,
            @Nullable String receiptUrl,
            IsoTime createdAt,
            IsoTime updatedAt,
            @Nullable List<String> warnings)
            implements JsonAnswer {}

    @GetMapping
    @RequiresScope("read:phone_providers")
    public ShownList list(Caller caller, @RequestParam @Nullable String disabled) {
        var wanted = Paging.flag("disabled", disabled, false);
        return new ShownList(accounts.all(caller.tenant()).stream()
                .filter(account -> disabled == null || account.disabled() == wanted)
                .map(account -> shown(caller, account, List.of()))
                .toList());
    }

    @GetMapping("/{id}")
    @RequiresScope("read:phone_providers")
    Shown read(@PathVariable String id, Caller caller) {
        return shown(caller, require(caller, id), List.of());
    }

    @PostMapping
    @RequiresScope("create:phone_providers")
    @ResponseStatus(HttpStatus.CREATED)
    public Shown create(Caller caller, Create body) {
        var name = body.name();
        if (name.equals(CustomProvider.NAME) && !custom.isDeployed(caller.tenant()))
            throw ManagementRefused.operation(
                    "custom_email_provider_deployed_action_not_found",
                    "A custom provider needs a deployed action on custom-phone-provider");
        var form =
                form(name).orElseThrow(() -> InvalidBody.on("name", "No enum match, expected the name of a carrier"));
        if (accounts.view(caller.tenant(), name).isPresent())
            throw ManagementRefused.conflict(null, "A phone provider of this name already exists");
        var configuration = AccountBody.configuration(form, body.configuration());
        var edits = new HashMap<String, FieldChange>();
        edits.putAll(configuration.fields());
        edits.putAll(AccountBody.credentials(form, body.credentials()));
        var change = new Change(edits, Boolean.TRUE.equals(body.disabled()), configuration.channels());
        var saved = save(caller, "Create a phone provider", name, form, change, body);
        var chosen = tenants.settings(caller.tenant())
                .get(SelectedProvider.SETTING, SelectedProvider.class, SelectedProvider.UNSET);
        // Whoever sets up a first carrier means to use it.
        if (chosen.equals(SelectedProvider.UNSET))
            changes.set(caller, SelectedProvider.SETTING, new SelectedProvider(CustomProvider.sender(name)));
        return saved;
    }

    private Optional<AccountForm<?>> form(String name) {
        return name.equals(CustomProvider.NAME) ? Optional.of(CustomProvider.FORM) : carriers.form(name);
    }

    @PatchMapping("/{id}")
    @RequiresScope("update:phone_providers")
    public Shown update(@PathVariable String id, Caller caller, Update body) {
        var account = require(caller, id);
        if (body.name() != null && !body.name().equals(account.carrier()))
            throw InvalidBody.on("name", "Cannot be changed: delete this provider and create another");
        var form = form(account.carrier()).orElseThrow(() -> ManagementRefused.missing(null, MISSING));
        var edits = new HashMap<String, FieldChange>();
        Set<Channel> methods = null;
        if (body.configuration() != null) {
            var configuration = AccountBody.configuration(form, body.configuration());
            // As Auth0's: the whole configuration is replaced, so a field that is left out goes.
            for (var field : form.fields()) if (!field.secret()) edits.put(field.name(), new FieldChange.Remove());
            edits.putAll(configuration.fields());
            methods = configuration.channels();
        }
        if (body.credentials() != null) edits.putAll(AccountBody.credentials(form, body.credentials()));
        var change = new Change(edits, body.disabled(), methods);
        return save(caller, "Update a phone provider", id, form, change, body);
    }

    @DeleteMapping("/{id}")
    @RequiresScope("delete:phone_providers")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    public void delete(@PathVariable String id, Caller caller) {
        var account = require(caller, id);
        changes.make(caller, "Delete a phone provider", id, () -> accounts.delete(caller.tenant(), account.carrier()));
    }

    private Shown save(Caller caller, String what, String id, AccountForm<?> form, Change change, JsonBody body) {
        var values = accounts.preview(caller.tenant(), form, change.fields());
        for (var problem : form.problems(values)) throw InvalidBody.on(problem.field(), problem.rule());
        if (form.carrier().equals("twilio") && values.find("default_from") == null && values.find("mssid") == null)
            throw ManagementRefused.operation(null, "Bad Operation on Notification Resource");
        var warnings = check.warnings(caller, form, change.fields());
        var saved = changes.make(caller, what, id, body, () -> {
            check.tell(caller, form.carrier(), warnings);
            return accounts.save(caller.tenant(), form, change);
        });
        return shown(caller, saved, warnings);
    }

    private CarrierAccount require(Caller caller, String id) {
        return accounts.all(caller.tenant()).stream()
                .filter(account -> account.id().equals(id))
                .findFirst()
                .orElseThrow(() -> ManagementRefused.missing(null, MISSING));
    }

    /** Where the carrier reports what became of messages; null where it does not, or cannot reach this server. */
    private @Nullable String receiptUrl(Caller caller, String carrier) {
        return carriers.receipts(carrier)
                .flatMap(_ -> addresses.of(caller.tenant(), carrier))
                .map(URI::toString)
                .orElse(null);
    }

    private Shown shown(Caller caller, CarrierAccount account, List<String> warnings) {
        var configuration = new HashMap<String, Object>(account.fields());
        configuration.put(
                "delivery_methods",
                account.channels().stream().map(Channel::deliveryMethod).toList());
        return new Shown(
                account.id(),
                caller.tenant().value(),
                account.carrier(),
                "phone",
                account.disabled(),
                configuration,
                receiptUrl(caller, account.carrier()),
                new IsoTime(account.createdAt()),
                new IsoTime(account.updatedAt()),
                warnings.isEmpty() ? null : warnings);
    }
}
