package io.ringcode.management;

import io.ringcode.client.Caller;

/** An administrator changed a setting. Its value is not told: it may be a secret. */
public record SettingChanged(Caller caller, String setting) {}
