package io.ringcode.management.json;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * The closed schema of a JSON object that is stored and given back: settings of a tenant that other modules, or nobody, read.
 * A write changes the members it names; null takes one away, and an object within is changed by its members likewise.
 */
public final class StoredSchema {
    public static final Pattern URL = Pattern.compile("https?://[^\\s\"'<>\\\\]{1,2000}");
    public static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(-[A-Z][A-Za-z]{1,3}|-[0-9]{3})?");

    private interface Check {
        void check(Body body, String name);
    }

    private final Map<String, Check> members = new LinkedHashMap<>();
    private final Map<String, StoredSchema> objects = new LinkedHashMap<>();

    public StoredSchema flags(String... names) {
        for (var name : names) members.put(name, Body::flag);
        return this;
    }

    public StoredSchema text(String name, int most) {
        members.put(name, (body, member) -> body.text(member, 0, most));
        return this;
    }

    /** A text of this pattern, or an empty one. */
    public StoredSchema text(String name, Pattern pattern) {
        members.put(name, (body, member) -> {
            if (!body.text(member).isEmpty()) body.text(member, pattern);
        });
        return this;
    }

    public StoredSchema number(String name, int least, int most) {
        members.put(name, (body, member) -> body.number(member, least, most));
        return this;
    }

    /** A number of hours, which may be a fraction, up to a year. */
    public StoredSchema hours(String name) {
        members.put(name, (body, member) -> {
            var value = body.raw(member);
            if (!value.isNumber()) throw ManagementRefused.body(member, "Expected type number");
            if (value.doubleValue() <= 0 || value.doubleValue() > 8760)
                throw ManagementRefused.body(member, "Must be between 0 and 8760");
        });
        return this;
    }

    /** A member of any shape, kept for the administrator's tools. */
    public StoredSchema anything(String name) {
        members.put(name, (_, _) -> {});
        return this;
    }

    public StoredSchema choice(String name, String... allowed) {
        members.put(name, (body, member) -> body.choice(member, Set.of(allowed)));
        return this;
    }

    public StoredSchema texts(String name, int most, Pattern pattern) {
        members.put(name, (body, member) -> {
            for (var text : body.texts(member, most))
                if (!pattern.matcher(text).matches())
                    throw ManagementRefused.body(member, "String does not match pattern " + pattern);
        });
        return this;
    }

    public StoredSchema object(String name, StoredSchema shape) {
        objects.put(name, shape);
        return this;
    }

    /** Either a colour or an object of this shape. */
    public StoredSchema textOrObject(String name, Pattern pattern, StoredSchema shape) {
        members.put(name, (body, member) -> {
            if (body.raw(member).isObject()) shape.check(body.object(member));
            else body.text(member, pattern);
        });
        return this;
    }

    /** @throws ManagementRefused when the body does not fit */
    public void check(Body body) {
        var allowed = new LinkedHashMap<String, Object>(members);
        allowed.putAll(objects);
        body.only(allowed.keySet());
        for (var name : body.names()) {
            if (body.isNull(name)) continue;
            var shape = objects.get(name);
            var check = members.get(name);
            if (shape != null) shape.check(body.object(name));
            else if (check != null) check.check(body, name);
        }
    }

    /** What is stored, with the change made to it. */
    public ObjectNode changed(ObjectNode stored, Body change) {
        var changed = stored.deepCopy();
        for (var name : change.names()) {
            var shape = objects.get(name);
            if (change.isNull(name)) changed.remove(name);
            else if (shape == null) changed.set(name, change.raw(name));
            else {
                var before = changed.get(name) instanceof ObjectNode object ? object : changed.objectNode();
                changed.set(name, shape.changed(before, change.object(name)));
            }
        }
        return changed;
    }
}
