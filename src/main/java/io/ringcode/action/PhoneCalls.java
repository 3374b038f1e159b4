package io.ringcode.action;

import io.ringcode.action.Script.Kind;
import io.ringcode.delivery.MessageContext;
import io.ringcode.delivery.MessageContext.Occasion;
import io.ringcode.delivery.carrier.PhoneMessage;
import io.ringcode.tenant.TenantProfile;
import io.ringcode.tenant.Tenants;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a script is told of a message: a hook its three arguments, an action its event. */
@Component
class PhoneCalls {
    /** Where a spoken text has a pause; a comma is one to most voices. */
    private static final String PAUSE_MARK = "\uE000";

    private final People people;
    private final Places places;
    private final Tenants tenants;
    private final ObjectMapper json;

    PhoneCalls(People people, Places places, Tenants tenants, ObjectMapper json) {
        this.people = people;
        this.places = places;
        this.tenants = tenants;
        this.json = json;
    }

    ObjectNode of(LiveScript live, Trigger trigger, PhoneMessage message) {
        if (live.script().kind() == Kind.HOOK) return hook(live, message);
        return switch (trigger) {
            case SEND_PHONE_MESSAGE -> sendPhoneMessage(live, message);
            case CUSTOM_PHONE_PROVIDER -> customPhoneProvider(live, message);
            case POST_LOGIN, PRE_BIND_NUMBER, PRE_SEND ->
                throw new IllegalArgumentException("An action that decides sends no messages");
        };
    }

    private ObjectNode hook(LiveScript live, PhoneMessage message) {
        var call = json.createObjectNode();
        call.put("recipient", message.to().e164()).put("text", text(message));
        var about = message.context();
        var context = call.putObject("context");
        context.put("message_type", message.channel().wire());
        context.put("action", action(about));
        context.put("factor_type", "second");
        context.put("language", message.language().toLanguageTag());
        if (about != null) {
            context.put("code", about.code());
            putText(context, "ip", about.ip());
            putText(context.putObject("request"), "ip", about.ip());
            putText(context, "user_agent", about.userAgent());
        }
        people.client(message.tenant(), message.client()).ifPresent(client -> {
            // The documentation shows them nested, its examples flat.
            People.client(context, client, "client_metadata");
            People.client(context.putObject("client"), client, "client_metadata");
        });
        people.user(context, message.tenant(), message.user());
        context.putObject("webtask").set("secrets", json.valueToTree(live.secrets()));
        return call;
    }

    private ObjectNode sendPhoneMessage(LiveScript live, PhoneMessage message) {
        var call = json.createObjectNode();
        var event = event(call, live, message);
        var options = event.putObject("message_options");
        options.put("action", action(message.context()));
        options.put("message_type", message.channel().wire());
        options.put("recipient", message.to().e164()).put("text", text(message));
        if (message.context() != null) options.put("code", message.context().code());
        return call;
    }

    private ObjectNode customPhoneProvider(LiveScript live, PhoneMessage message) {
        var call = json.createObjectNode().put("notification", true);
        var notification = event(call, live, message).putObject("notification");
        var about = message.context();
        notification.put(
                "message_type", about != null && about.occasion() == Occasion.ENROLLMENT ? "otp_enroll" : "otp_verify");
        notification.put("delivery_method", message.channel().deliveryMethod());
        notification.put("recipient", message.to().e164());
        if (message.from() != null) notification.put("from", message.from());
        notification.put("as_text", text(message)).put("as_voice", text(message));
        notification.put("locale", message.language().toLanguageTag());
        if (about != null) notification.put("code", about.code());
        return call;
    }

    private ObjectNode event(ObjectNode call, LiveScript live, PhoneMessage message) {
        var event = call.putObject("event");
        var about = message.context();
        people.client(message.tenant(), message.client())
                .ifPresent(client -> People.client(event.putObject("client"), client, "metadata"));
        people.user(event, message.tenant(), message.user());
        var request = event.putObject("request").put("method", "POST");
        request.put("language", message.language().toLanguageTag());
        places.tell(request, about == null ? null : about.ip());
        if (about != null) {
            putText(request, "ip", about.ip());
            putText(request, "hostname", about.host());
            putText(request, "user_agent", about.userAgent());
        }
        event.set("secrets", json.valueToTree(live.secrets()));
        var tenant = event.putObject("tenant").put("id", message.tenant().value());
        putText(
                tenant,
                "friendly_name",
                TenantProfile.of(tenants.settings(message.tenant())).friendlyName());
        event.putObject("transaction").put("correlation_id", message.id().toString());
        return event;
    }

    private static String action(@Nullable MessageContext about) {
        return about != null && about.occasion() == Occasion.ENROLLMENT ? "enrollment" : "second-factor-authentication";
    }

    private static String text(PhoneMessage message) {
        return message.channel().isSpoken() ? message.text().replace(PAUSE_MARK, ", ") : message.text();
    }

    private static void putText(ObjectNode into, String name, @Nullable String value) {
        if (value != null) into.put(name, value);
    }
}
