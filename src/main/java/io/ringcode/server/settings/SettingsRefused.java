package io.ringcode.server.settings;

import java.util.List;

/** Settings that contradict the rules: all of them at once, so that nobody mends one per start. */
public final class SettingsRefused extends StartRefused {
    SettingsRefused(List<String> problems) {
        super(78, problems);
    }
}
