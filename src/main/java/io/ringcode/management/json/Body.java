package io.ringcode.management.json;

import io.ringcode.text.StorableText;
import io.ringcode.text.Typed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request's body, or an object within it. A handler that takes one says first what it may hold ({@link #only}), as every
 * schema of the Management API is closed; what does not fit its schema is refused with the property's name and never its
 * value, which may be a secret.
 */
public final class Body {
    private static final Pattern PRINTABLE = Pattern.compile("[A-Za-z0-9_.:-]{1,64}");

    private final JsonNode node;
    private final String path;

    Body(JsonNode node) {
        this(node, "");
    }

    private Body(JsonNode node, String path) {
        this.node = node;
        this.path = path;
    }

    /** @throws ManagementRefused unless this is an object that has no property but {@code allowed} */
    public Body only(String... allowed) {
        return only(Set.of(allowed));
    }

    public Body only(Set<String> allowed) {
        for (var name : anyObject().node.propertyNames())
            if (!allowed.contains(name)) {
                var shown = PRINTABLE.matcher(name).matches() ? path + name : "(unprintable)";
                throw ManagementRefused.body(shown, "Additional properties not allowed: " + shown);
            }
        return this;
    }

    /** For objects whose property names are the caller's own, such as metadata. */
    public Body anyObject() {
        if (!node.isObject()) throw wrongType("object");
        return this;
    }

    public boolean has(String name) {
        return node.has(name);
    }

    public boolean isNull(String name) {
        return node.path(name).isNull();
    }

    public Set<String> names() {
        return Set.copyOf(node.propertyNames());
    }

    public boolean flag(String name) {
        var value = required(name);
        if (!value.isBoolean()) throw ManagementRefused.body(path + name, "Expected type boolean");
        return value.booleanValue();
    }

    public boolean flag(String name, boolean unset) {
        return has(name) ? flag(name) : unset;
    }

    public int number(String name, int least, int most) {
        var value = required(name);
        if (!value.isIntegralNumber() || !value.canConvertToInt())
            throw ManagementRefused.body(path + name, "Expected type integer");
        var number = value.intValue();
        if (number < least || number > most)
            throw ManagementRefused.body(path + name, "Must be between " + least + " and " + most);
        return number;
    }

    public String text(String name) {
        return textOf(required(name), path + name);
    }

    public String text(String name, int least, int most) {
        return bounded(name, text(name), least, most);
    }

    public String text(String name, Pattern pattern) {
        return matching(name, text(name), pattern);
    }

    /** The name of a user, as people type it. */
    public String typedName(String name, Pattern pattern) {
        return matching(name, new Typed(text(name)).name(), pattern);
    }

    private String matching(String name, String text, Pattern pattern) {
        if (!pattern.matcher(text).matches())
            throw ManagementRefused.body(path + name, "String does not match pattern " + pattern);
        return text;
    }

    /** A text that may be left out or null; {@link #has} tells the two apart. */
    @Nullable
    public String optionalText(String name, int least, int most) {
        return has(name) && !isNull(name) ? bounded(name, text(name), least, most) : null;
    }

    public String choice(String name, Set<String> allowed) {
        var text = text(name);
        if (!allowed.contains(text))
            throw ManagementRefused.body(path + name, "No enum match, expected one of: " + sorted(allowed));
        return text;
    }

    public List<String> choices(String name, Set<String> allowed) {
        return new Body(required(name), path + name).choices(allowed);
    }

    /** This array as texts, each one of {@code allowed} and no two the same. */
    public List<String> choices(Set<String> allowed) {
        var chosen = texts(allowed.size());
        for (var text : chosen)
            if (!allowed.contains(text))
                throw ManagementRefused.body(shown(), "No enum match, expected some of: " + sorted(allowed));
        if (Set.copyOf(chosen).size() < chosen.size()) throw ManagementRefused.body(shown(), "Items must be unique");
        return chosen;
    }

    public List<String> texts(String name, int most) {
        return new Body(required(name), path + name).texts(most);
    }

    /** This array as texts. */
    public List<String> texts(int most) {
        var texts = new ArrayList<String>();
        for (var item : items(most)) texts.add(textOf(item.node, shown()));
        return List.copyOf(texts);
    }

    public Body object(String name) {
        return new Body(required(name), path + name + ".").anyObject();
    }

    public List<Body> objects(String name, int most) {
        return new Body(required(name), path + name).objects(most);
    }

    /** This array as objects. */
    public List<Body> objects(int most) {
        return items(most).stream().map(Body::anyObject).toList();
    }

    /** A member as it was sent, for what is kept and given back without being understood. */
    public JsonNode raw(String name) {
        storable(required(name), path + name);
        return required(name);
    }

    /** This object with some members taken out and others put in. */
    public Body with(ObjectNode more, Set<String> without) {
        var changed = ((ObjectNode) anyObject().node).deepCopy();
        changed.remove(without);
        changed.setAll(more);
        return new Body(changed, path);
    }

    /** All members as they were sent. */
    public Map<String, JsonNode> raw() {
        var members = new LinkedHashMap<String, JsonNode>();
        for (var name : anyObject().node.propertyNames()) {
            if (!StorableText.is(name)) throw ManagementRefused.body("(unprintable)", "Must be well-formed text");
            members.put(name, raw(name));
        }
        return members;
    }

    private List<Body> items(int most) {
        if (!node.isArray()) throw wrongType("array");
        if (node.size() > most) throw ManagementRefused.body(shown(), "Must have at most " + most + " items");
        var items = new ArrayList<Body>();
        for (var item : node) items.add(new Body(item, path.isEmpty() || path.endsWith(".") ? path : path + "."));
        return items;
    }

    private JsonNode required(String name) {
        var value = node.get(name);
        if (value == null) throw ManagementRefused.body(path + name, "Missing required property: " + name);
        return value;
    }

    private String bounded(String name, String text, int least, int most) {
        if (text.length() < least || text.length() > most)
            throw ManagementRefused.body(path + name, "Must have " + least + " to " + most + " characters");
        return text;
    }

    private static String textOf(JsonNode value, String shown) {
        if (!value.isString()) throw ManagementRefused.body(shown, "Expected type string");
        storable(value, shown);
        return value.stringValue();
    }

    private static void storable(JsonNode value, String shown) {
        if (value.isString() && !StorableText.is(value.stringValue()))
            throw ManagementRefused.body(shown, "Must be well-formed text");
        if (value.isObject())
            for (var name : value.propertyNames())
                if (!StorableText.is(name)) throw ManagementRefused.body(shown, "Must be well-formed text");
        for (var inner : value) storable(inner, shown);
    }

    private ManagementRefused wrongType(String expected) {
        return path.isEmpty()
                ? ManagementRefused.body("Expected type " + expected)
                : ManagementRefused.body(shown(), "Expected type " + expected);
    }

    private String shown() {
        if (path.isEmpty()) return "(root)";
        return path.endsWith(".") ? path.substring(0, path.length() - 1) : path;
    }

    private static String sorted(Set<String> names) {
        return String.join(", ", names.stream().sorted().toList());
    }
}
