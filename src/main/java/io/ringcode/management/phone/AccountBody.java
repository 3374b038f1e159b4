package io.ringcode.management.phone;

import io.ringcode.delivery.account.AccountField;
import io.ringcode.delivery.account.AccountForm;
import io.ringcode.delivery.account.FieldChange;
import io.ringcode.json.InvalidBody;
import io.ringcode.phone.Channel;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The members of an account that depend on its carrier: the fields of the carrier's {@link AccountForm}. */
final class AccountBody {
    private static final String METHODS = "delivery_methods";
    private static final int LONGEST = 1000;
    private static final int LONGEST_SECRET = 10_000;

    /** What may be shown. */
    record Configuration(Map<String, FieldChange> fields, Set<Channel> channels) {}

    private AccountBody() {}

    static Configuration configuration(AccountForm<?> form, ObjectNode sent) {
        var fields = fields(form, Predicate.not(AccountField::secret));
        for (var name : sent.propertyNames())
            if (!fields.containsKey(name) && !name.equals(METHODS)) throw unknown("configuration", name);
        return new Configuration(changes("configuration", fields, sent, LONGEST), channels(sent));
    }

    static Map<String, FieldChange> credentials(AccountForm<?> form, ObjectNode sent) {
        var fields = fields(form, AccountField::secret);
        for (var name : sent.propertyNames()) if (!fields.containsKey(name)) throw unknown("credentials", name);
        return changes("credentials", fields, sent, LONGEST_SECRET);
    }

    private static Map<String, AccountField> fields(AccountForm<?> form, Predicate<AccountField> wanted) {
        return form.fields().stream().filter(wanted).collect(Collectors.toMap(AccountField::name, Function.identity()));
    }

    /** A field that is null is taken away. */
    private static Map<String, FieldChange> changes(
            String object, Map<String, AccountField> fields, ObjectNode sent, int longest) {
        var changes = new HashMap<String, FieldChange>();
        for (var name : fields.keySet()) {
            var value = sent.get(name);
            if (value == null) continue;
            if (value.isNull()) {
                changes.put(name, new FieldChange.Remove());
                continue;
            }
            var path = object + "." + name;
            if (!value.isString()) throw InvalidBody.on(path, "Expected type string");
            var text = value.stringValue();
            if (text.isEmpty() || text.length() > longest)
                throw InvalidBody.on(path, "Must have 1 to " + longest + " characters");
            changes.put(name, FieldChange.of(true, text));
        }
        return changes;
    }

    private static Set<Channel> channels(ObjectNode sent) {
        var path = "configuration." + METHODS;
        var methods = sent.get(METHODS);
        if (methods == null) throw InvalidBody.on(path, "Missing required property: " + METHODS);
        if (!methods.isArray()) throw InvalidBody.on(path, "Expected type array");
        if (methods.isEmpty()) throw InvalidBody.on(path, "Must have at least 1 item");
        var channels = new LinkedHashSet<Channel>();
        for (var method : methods)
            if (!channels.add(channel(method, path))) throw InvalidBody.on(path, "Items must be unique");
        return channels;
    }

    private static Channel channel(JsonNode method, String path) {
        if (!method.isString()) throw InvalidBody.on(path, "Expected type string");
        return Channel.ofDeliveryMethod(method.stringValue())
                .orElseThrow(() -> InvalidBody.on(path, "No enum match, expected some of: text, voice"));
    }

    private static InvalidBody unknown(String object, String name) {
        var shown = name.matches("[A-Za-z0-9_.:-]{1,64}") ? object + "." + name : "(unprintable)";
        return InvalidBody.on(shown, "Additional properties not allowed: " + shown);
    }
}
