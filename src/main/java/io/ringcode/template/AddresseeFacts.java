package io.ringcode.template;

import io.ringcode.user.Directory;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** What a unified template may say of the user and the application; read only for templates that name them. */
@Component
class AddresseeFacts {
    private static final Pattern NAMED = Pattern.compile("\\b(?:user|client|application|connection)\\b");

    private final Directory users;

    AddresseeFacts(Directory users) {
        this.users = users;
    }

    boolean areNamedIn(String template) {
        return NAMED.matcher(template).find();
    }

    Map<String, Object> of(Addressee to) {
        var facts = new HashMap<String, Object>();
        var client = to.client();
        facts.put(
                "client", Map.of("name", client.name(), "clientID", client.id().value()));
        facts.put("application", Map.of("name", client.name()));
        users.find(to.tenant(), to.user()).ifPresent(profile -> {
            var user = profile.user();
            var said = new HashMap<String, Object>(user.details());
            if (user.name() != null) said.put("name", user.name());
            if (user.email() != null) said.put("email", user.email());
            said.put("email_verified", user.emailVerified());
            var phone = profile.phone();
            if (phone != null) said.put("phone_number", phone.e164());
            said.put("phone_verified", profile.phoneVerified());
            said.put("login_count", profile.logins());
            if (profile.lastIp() != null) said.put("source_ip", profile.lastIp());
            said.put("user_metadata", plain(profile.userMetadata()));
            said.put("app_metadata", plain(profile.appMetadata()));
            facts.put("user", said);
            facts.put("connection", user.connection());
        });
        return facts;
    }

    /** Texts, numbers and flags at the first level; deeper ones as JSON. */
    private static Map<String, Object> plain(Map<String, tools.jackson.databind.JsonNode> metadata) {
        var plain = new HashMap<String, Object>();
        metadata.forEach((name, value) -> plain.put(name, value.isString() ? value.stringValue() : value.toString()));
        return plain;
    }
}
