package io.ringcode.trace;

/**
 * What a span may say of its work, by the names of OpenTelemetry's conventions where they have one. Nothing else leaves the server in a
 * trace: no number, code, name, address or token.
 */
public enum Attribute {
    METHOD("http.request.method"),
    ROUTE("http.route"),
    STATUS("http.response.status_code"),
    TENANT("ringcode.tenant"),
    MESSAGE("ringcode.message"),
    CARRIER("ringcode.carrier"),
    CHANNEL("ringcode.channel"),
    COUNTRY("ringcode.country"),
    /** From 1. */
    ATTEMPT("ringcode.attempt"),
    /** Of a group commit. */
    LANE("ringcode.lane"),
    SCRIPT("ringcode.script"),
    TRIGGER("ringcode.trigger"),
    OUTCOME("ringcode.outcome");

    private final String key;

    Attribute(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }
}
