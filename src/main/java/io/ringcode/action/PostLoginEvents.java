package io.ringcode.action;

import io.ringcode.client.Connections;
import io.ringcode.factor.Authenticators;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import io.ringcode.user.Profile;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** What an action on a sign-in is told: its {@code event}. */
@Component
class PostLoginEvents {
    /** Parameters that are credentials, or hold some: scripts have no use for them. */
    private static final Set<String> SECRET = Set.of(
            "password",
            "client_secret",
            "client_assertion",
            "refresh_token",
            "mfa_token",
            "code",
            "code_verifier",
            "id_token_hint",
            "request",
            "session_token",
            "assertion");

    private final People people;
    private final Authenticators authenticators;
    private final Connections connections;
    private final Places places;
    private final Tenants tenants;
    private final ObjectMapper json;

    PostLoginEvents(
            People people,
            Authenticators authenticators,
            Connections connections,
            Places places,
            Tenants tenants,
            ObjectMapper json) {
        this.people = people;
        this.authenticators = authenticators;
        this.connections = connections;
        this.places = places;
        this.tenants = tenants;
        this.json = json;
    }

    /**
     * The call of a worker.
     *
     * @param number of the user, which is masked in what the script writes; null for none
     */
    record Told(ObjectNode call, @Nullable String number) {}

    Told of(LiveScript live, SignInContext about, PostLogin decided) {
        var call = json.createObjectNode().put("login", true);
        var event = call.putObject("event");
        var tenant = about.caller().tenant();
        people.client(event.putObject("client"), about.caller().client());
        var profile = people.user(event, tenant, about.user()).orElse(null);
        NumberEvents.enrolled((ObjectNode) event.path("user"), authenticators, tenant, about.user());
        if (profile != null) connection(event, about, profile.user().connection());
        request(event, about);
        authentication(event, about, decided, profile);
        event.putObject("authorization").putArray("roles");
        var logins = profile == null ? 0 : profile.logins();
        // One that is under way counts, as it does at Auth0: the first is the first.
        event.putObject("stats")
                .put("logins_count", about.way().isRedirect() && isFirstRun(about) ? logins + 1 : logins);
        event.set("secrets", json.valueToTree(live.secrets()));
        put(
                event.putObject("tenant").put("id", tenant.value()),
                "friendly_name",
                TenantProfile.of(tenants.settings(tenant)).friendlyName());
        transaction(event, about, decided);
        if (about.audience() != null) event.putObject("resource_server").put("identifier", about.audience());
        var phone = profile == null ? null : profile.phone();
        return new Told(call, phone == null ? null : phone.e164());
    }

    private static boolean isFirstRun(SignInContext about) {
        return about.methods().stream().allMatch(method -> method.type() == null);
    }

    private void connection(ObjectNode event, SignInContext about, String name) {
        var connection = event.putObject("connection").put("name", name);
        connections
                .named(about.caller().tenant(), name)
                .ifPresent(known -> connection.put("id", known.id()).put("strategy", known.strategy()));
    }

    private void request(ObjectNode event, SignInContext about) {
        var origin = about.caller().origin();
        var request =
                event.putObject("request").put("method", about.way().verb()).put("ip", origin.ip());
        request.put("hostname", origin.host());
        put(request, "user_agent", origin.userAgent());
        put(request, "language", language(about.parameters().get("ui_locales")));
        var query = request.putObject("query");
        var body = request.putObject("body");
        var sent = about.way().isRedirect() ? query : body;
        about.parameters().forEach((name, value) -> {
            if (!SECRET.contains(name)) sent.put(name, value);
        });
        places.tell(request, origin.ip());
    }

    private static @Nullable String language(@Nullable String locales) {
        return locales == null ? null : locales.strip().split("\\s+", 2)[0];
    }

    private static void authentication(
            ObjectNode event, SignInContext about, PostLogin decided, @Nullable Profile profile) {
        var authentication = event.putObject("authentication");
        var methods = authentication.putArray("methods");
        about.methods().forEach(one -> tell(methods.addObject(), one));
        decided.recorded().forEach(one -> tell(methods.addObject(), one));
        var risk = authentication.putObject("riskAssessment").put("version", "1");
        var device = risk.putObject("assessments").putObject("NewDevice");
        var first = profile != null && profile.logins() == 0;
        switch (about.browser()) {
            case KNOWN -> device.put("code", "match").put("confidence", "high");
            case NEW -> device.put("code", first ? "initial_login" : "no_match").put("confidence", "low");
            case NONE -> device.put("code", "assessment_not_available").put("confidence", "low");
        }
        risk.put("confidence", device.path("confidence").asString());
    }

    /** Samples read the address of a recorded one by either name. */
    private static void tell(ObjectNode into, SignInContext.Method method) {
        into.put("name", method.name());
        put(into, "type", method.type());
        if (method.recorded()) into.put("url", method.name());
        into.put("timestamp", People.time(method.at()));
    }

    private void transaction(ObjectNode event, SignInContext about, PostLogin decided) {
        var transaction =
                event.putObject("transaction").put("id", about.transaction().toString());
        transaction.put("correlation_id", about.transaction().toString());
        transaction.put("protocol", about.way().protocol());
        var scopes = transaction.putArray("requested_scopes");
        about.scopes().stream().sorted().forEach(scopes::add);
        for (var list : new String[] {"acr_values", "prompt", "response_type", "ui_locales"}) {
            var words = transaction.putArray(list);
            var value = about.parameters().get(list);
            if (value != null && !value.isBlank())
                Arrays.stream(value.strip().split("\\s+", -1)).forEach(words::add);
        }
        for (var name : new String[] {"login_hint", "redirect_uri", "response_mode", "state"})
            put(transaction, name, about.parameters().get(name));
        transaction.putObject("metadata").setAll(decided.metadata());
    }

    private static void put(ObjectNode into, String name, @Nullable String value) {
        if (value != null) into.put(name, value);
    }
}
