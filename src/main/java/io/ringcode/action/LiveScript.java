package io.ringcode.action;

import java.util.Map;

/** A script as it runs now, with the secrets that it is given. */
record LiveScript(Script script, Version version, Map<String, String> secrets) {
    @Override
    public String toString() {
        return "LiveScript[" + script.id() + ", " + version.number() + "]";
    }
}
