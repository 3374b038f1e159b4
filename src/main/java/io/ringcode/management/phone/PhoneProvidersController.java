package io.ringcode.management.phone;

import io.ringcode.client.Caller;
import io.ringcode.delivery.account.AccountField;
import io.ringcode.delivery.account.AccountForm;
import io.ringcode.delivery.account.CarrierAccount;
import io.ringcode.delivery.account.CarrierAccount.Change;
import io.ringcode.delivery.account.CarrierAccounts;
import io.ringcode.delivery.account.FieldChange;
import io.ringcode.delivery.carrier.Carriers;
import io.ringcode.delivery.carrier.ReceiptAddresses;
import io.ringcode.delivery.carrier.SelectedProvider;
import io.ringcode.management.RequiresScope;
import io.ringcode.management.door.Changes;
import io.ringcode.management.json.Body;
import io.ringcode.management.json.ManagementRefused;
import io.ringcode.management.json.Paging;
import io.ringcode.management.json.ResponseObject;
import io.ringcode.phone.Channel;
import io.ringcode.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Accounts with carriers, in Auth0's shape for Twilio and in the same style for all others: what may be shown is
 * {@code configuration}, what may not {@code credentials}. Auth0 has one for a tenant, Ringcode one for each carrier.
 */
@RestController
@RequestMapping("/api/v2/branding/phone/providers")
class PhoneProvidersController {
    private static final String MISSING = "Notification Resource not found";
    private static final Map<String, Channel> METHODS = Map.of("text", Channel.SMS, "voice", Channel.VOICE);

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

    @GetMapping
    @RequiresScope("read:phone_providers")
    Map<String, Object> list(Caller caller, HttpServletRequest request) {
        var all = request.getParameter("disabled") == null;
        var wanted = Paging.flag(request, "disabled", false);
        return Map.of(
                "providers",
                accounts.all(caller.tenant()).stream()
                        .filter(account -> all || account.disabled() == wanted)
                        .map(account -> shown(caller, account, List.of()))
                        .toList());
    }

    @GetMapping("/{id}")
    @RequiresScope("read:phone_providers")
    Map<String, Object> read(@PathVariable String id, Caller caller) {
        return shown(caller, require(caller, id), List.of());
    }

    @PostMapping
    @RequiresScope("create:phone_providers")
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, Object> create(Caller caller, Body body) {
        body.only("name", "disabled", "configuration", "credentials");
        var name = body.text("name");
        if (name.equals(CustomProvider.NAME) && !custom.isDeployed(caller.tenant()))
            throw ManagementRefused.operation(
                    "custom_email_provider_deployed_action_not_found",
                    "A custom provider needs a deployed action on custom-phone-provider");
        var form = form(name)
                .orElseThrow(() -> ManagementRefused.body("name", "No enum match, expected the name of a carrier"));
        if (accounts.view(caller.tenant(), name).isPresent())
            throw ManagementRefused.conflict(null, "A phone provider of this name already exists");
        var configuration = body.object("configuration");
        var edits = new HashMap<String, FieldChange>();
        edits.putAll(edits(form, configuration, false));
        edits.putAll(edits(form, body.object("credentials"), true));
        var change = new Change(edits, body.flag("disabled", false), methods(configuration));
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
    Map<String, Object> update(@PathVariable String id, Caller caller, Body body) {
        var account = require(caller, id);
        body.only("name", "disabled", "configuration", "credentials");
        if (body.has("name") && !body.text("name").equals(account.carrier()))
            throw ManagementRefused.body("name", "Cannot be changed: delete this provider and create another");
        var form = form(account.carrier()).orElseThrow(() -> ManagementRefused.missing(null, MISSING));
        var edits = new HashMap<String, FieldChange>();
        Set<Channel> methods = null;
        if (body.has("configuration")) {
            var configuration = body.object("configuration");
            // As Auth0's: the whole configuration is replaced, so a field that is left out goes.
            for (var field : form.fields()) if (!field.secret()) edits.put(field.name(), new FieldChange.Remove());
            edits.putAll(edits(form, configuration, false));
            methods = methods(configuration);
        }
        if (body.has("credentials")) edits.putAll(edits(form, body.object("credentials"), true));
        var change = new Change(edits, body.has("disabled") ? body.flag("disabled") : null, methods);
        return save(caller, "Update a phone provider", id, form, change, body);
    }

    @DeleteMapping("/{id}")
    @RequiresScope("delete:phone_providers")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String id, Caller caller) {
        var account = require(caller, id);
        changes.make(caller, "Delete a phone provider", id, () -> accounts.delete(caller.tenant(), account.carrier()));
    }

    private Map<String, Object> save(
            Caller caller, String what, String id, AccountForm<?> form, Change change, Body body) {
        var values = accounts.preview(caller.tenant(), form, change.fields());
        for (var problem : form.problems(values)) throw ManagementRefused.body(problem.field(), problem.rule());
        if (form.carrier().equals("twilio") && values.find("default_from") == null && values.find("mssid") == null)
            throw ManagementRefused.operation(null, "Bad Operation on Notification Resource");
        var warnings = check.warnings(caller, form, change.fields());
        var saved = changes.make(caller, what, id, body, () -> {
            check.tell(caller, form.carrier(), warnings);
            return accounts.save(caller.tenant(), form, change);
        });
        return shown(caller, saved, warnings);
    }

    private static Map<String, FieldChange> edits(AccountForm<?> form, Body body, boolean secret) {
        var names = form.fields().stream()
                .filter(field -> field.secret() == secret)
                .map(AccountField::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        var allowed = new LinkedHashSet<>(names);
        if (!secret) allowed.add("delivery_methods");
        body.only(allowed);
        var edits = new HashMap<String, FieldChange>();
        for (var name : names)
            if (body.has(name))
                edits.put(name, FieldChange.of(true, body.optionalText(name, 1, secret ? 10_000 : 1000)));
        return edits;
    }

    private static Set<Channel> methods(Body configuration) {
        var methods = configuration.choices("delivery_methods", METHODS.keySet());
        if (methods.isEmpty())
            throw ManagementRefused.body("configuration.delivery_methods", "Must have at least 1 item");
        return methods.stream().map(METHODS::get).collect(Collectors.toCollection(LinkedHashSet::new));
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

    private Map<String, Object> shown(Caller caller, CarrierAccount account, @Nullable List<String> warnings) {
        var configuration = new HashMap<String, Object>(account.fields());
        configuration.put(
                "delivery_methods",
                account.channels().stream()
                        .map(channel -> channel == Channel.SMS ? "text" : "voice")
                        .toList());
        return new ResponseObject()
                .put("id", account.id())
                .put("tenant", caller.tenant().value())
                .put("name", account.carrier())
                .put("channel", "phone")
                .put("disabled", account.disabled())
                .put("configuration", configuration)
                .put("receipt_url", receiptUrl(caller, account.carrier()))
                .put("created_at", account.createdAt())
                .put("updated_at", account.updatedAt())
                .put("warnings", warnings == null || warnings.isEmpty() ? null : warnings)
                .members();
    }
}
