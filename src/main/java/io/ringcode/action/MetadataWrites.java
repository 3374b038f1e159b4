package io.ringcode.action;

import io.ringcode.tenant.TenantId;
import io.ringcode.text.StorableText;
import io.ringcode.user.AdminUserData;
import io.ringcode.user.Directory;
import io.ringcode.user.UserId;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Metadata of users that actions set ({@code api.user}): stored when an action has ended, and seen by the next one. */
@Component
class MetadataWrites {
    private final Directory users;
    private final Clock clock;
    private final TransactionTemplate transactions;

    MetadataWrites(Directory users, Clock clock, PlatformTransactionManager transactions) {
        this.users = users;
        this.clock = clock;
        this.transactions = new TransactionTemplate(transactions);
    }

    void set(TenantId tenant, UserId user, JsonNode effects) {
        var forUser = storable(effects.path("userMetadata"));
        var forApp = storable(effects.path("appMetadata"));
        if (forUser.isEmpty() && forApp.isEmpty()) return;
        transactions.executeWithoutResult(
                _ -> users.update(tenant, user, before -> merged(before, forUser, forApp), clock.instant()));
    }

    private static AdminUserData merged(
            AdminUserData before, Map<String, JsonNode> forUser, Map<String, JsonNode> forApp) {
        return new AdminUserData(
                before.email(),
                before.emailVerified(),
                before.phone(),
                before.phoneVerified(),
                before.username(),
                before.name(),
                before.blocked(),
                before.details(),
                AdminUserData.merged(before.userMetadata(), forUser),
                AdminUserData.merged(before.appMetadata(), forApp));
    }

    /** The database refuses some characters, whoever sends them. */
    private static Map<String, JsonNode> storable(JsonNode members) {
        var all = new LinkedHashMap<String, JsonNode>();
        members.properties().forEach(member -> {
            if (StorableText.is(member.getKey()) && isStorable(member.getValue()))
                all.put(member.getKey(), member.getValue());
        });
        return all;
    }

    private static boolean isStorable(JsonNode value) {
        if (value.isString()) return StorableText.is(value.stringValue());
        return value.properties().stream().allMatch(member -> StorableText.is(member.getKey()))
                && value.valueStream().allMatch(MetadataWrites::isStorable);
    }
}
