package io.ringcode.action;

import static java.time.ZoneOffset.UTC;

import io.ringcode.client.Client;
import io.ringcode.client.ClientId;
import io.ringcode.client.Registration;
import io.ringcode.client.Registrations;
import io.ringcode.tenant.TenantId;
import io.ringcode.user.Directory;
import io.ringcode.user.Profile;
import io.ringcode.user.UserId;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** For whom and through what something is done, as scripts are told. */
@Component
class People {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'");

    private final Directory users;
    private final Registrations clients;

    People(Directory users, Registrations clients) {
        this.users = users;
        this.clients = clients;
    }

    Optional<Registration> client(TenantId tenant, @Nullable ClientId client) {
        return Optional.ofNullable(client).flatMap(id -> clients.find(tenant, id));
    }

    /** What is registered of it; the page of one's own methods is nowhere, and scripts read members of {@code event.client} unasked. */
    void client(ObjectNode into, Client client) {
        client(client.tenant(), client.id())
                .ifPresentOrElse(
                        known -> client(into, known, "metadata"),
                        () -> into.put("client_id", client.id().value())
                                .put("name", client.name())
                                .putObject("metadata"));
    }

    /** @param metadata the name of the member that metadata goes under: it differs between hooks and actions */
    static void client(ObjectNode into, Registration client, String metadata) {
        into.put("client_id", client.id().value()).put("name", client.name());
        var kept = client.properties().get("client_metadata");
        if (kept != null && kept.isObject()) into.set(metadata, kept);
        else into.putObject(metadata);
    }

    /**
     * A user who is gone meanwhile is told by the id alone.
     *
     * @return what was found
     */
    Optional<Profile> user(ObjectNode into, TenantId tenant, UserId user) {
        var shown = into.putObject("user").put("user_id", user.value());
        var found = users.find(tenant, user);
        found.ifPresentOrElse(one -> profile(shown, one), () -> metadata(shown, Map.of(), Map.of()));
        return found;
    }

    private static void profile(ObjectNode shown, Profile profile) {
        var user = profile.user();
        put(shown, "email", user.email());
        shown.put("email_verified", user.emailVerified());
        put(shown, "username", user.username());
        put(shown, "name", user.name());
        user.details().forEach((name, value) -> put(shown, name, value));
        if (profile.phone() != null)
            shown.put("phone_number", profile.phone().e164()).put("phone_verified", profile.phoneVerified());
        put(shown, "created_at", time(profile.createdAt()));
        put(shown, "updated_at", time(profile.updatedAt()));
        var identity = shown.putArray("identities").addObject();
        identity.put("connection", user.connection()).put("provider", "auth0").put("isSocial", false);
        identity.put("user_id", user.id().value().replaceFirst("^[^|]*\\|", ""));
        metadata(shown, profile.appMetadata(), profile.userMetadata());
    }

    private static void metadata(ObjectNode shown, Map<String, JsonNode> app, Map<String, JsonNode> user) {
        shown.putObject("app_metadata").setAll(app);
        shown.putObject("user_metadata").setAll(user);
    }

    static String time(Instant time) {
        return TIME.format(time.atOffset(UTC));
    }

    private static void put(ObjectNode into, String name, @Nullable String value) {
        if (value != null) into.put(name, value);
    }
}
