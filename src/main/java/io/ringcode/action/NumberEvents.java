package io.ringcode.action;

import io.ringcode.factor.Authenticator;
import io.ringcode.factor.Authenticators;
import io.ringcode.tenant.TenantId;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import io.ringcode.user.UserId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** What an action on a phone number is told: its {@code event}. */
@Component
class NumberEvents {
    private final People people;
    private final Authenticators authenticators;
    private final Places places;
    private final Tenants tenants;
    private final ObjectMapper json;

    NumberEvents(People people, Authenticators authenticators, Places places, Tenants tenants, ObjectMapper json) {
        this.people = people;
        this.authenticators = authenticators;
        this.places = places;
        this.tenants = tenants;
        this.json = json;
    }

    ObjectNode of(LiveScript live, NumberCheck check) {
        var call = json.createObjectNode().put("number", true);
        var event = call.putObject("event");
        var caller = check.caller();
        var tenant = caller.tenant();
        people.client(event.putObject("client"), caller.client());
        people.user(event, tenant, check.user());
        enrolled((ObjectNode) event.path("user"), authenticators, tenant, check.user());
        number(event, check);
        request(event, check);
        event.set("secrets", json.valueToTree(live.secrets()));
        put(
                event.putObject("tenant").put("id", tenant.value()),
                "friendly_name",
                TenantProfile.of(tenants.settings(tenant)).friendlyName());
        event.putObject("transaction").put("id", check.transaction().toString());
        return call;
    }

    private static void number(ObjectNode event, NumberCheck check) {
        var number = check.number();
        var told = event.putObject("number").put("phone_number", number.e164());
        put(told, "country_code", number.likelyRegion());
        told.put("kind", number.kind().wire());
        told.put("message_type", check.channel().wire());
    }

    private void request(ObjectNode event, NumberCheck check) {
        var origin = check.caller().origin();
        var request = event.putObject("request");
        put(request, "ip", origin.ip());
        put(request, "hostname", origin.host());
        put(request, "user_agent", origin.userAgent());
        places.tell(request, origin.ip());
    }

    /** The kinds of factor that the user has, as Auth0 names them. */
    static void enrolled(ObjectNode user, Authenticators authenticators, TenantId tenant, UserId who) {
        var factors = user.putArray("enrolledFactors");
        var kinds = authenticators.of(tenant, who).authenticators().stream()
                .filter(Authenticator::confirmed)
                .map(one -> one.kind().type())
                .distinct()
                .toList();
        kinds.forEach(kind -> factors.addObject().put("type", kind));
        var multifactor = user.putArray("multifactor");
        if (!kinds.isEmpty()) multifactor.add("guardian");
    }

    private static void put(ObjectNode into, String name, @Nullable String value) {
        if (value != null) into.put(name, value);
    }
}
