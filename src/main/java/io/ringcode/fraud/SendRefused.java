package io.ringcode.fraud;

import io.ringcode.fraud.Admission.Denied;

/** Event: a message was not sent, because a rule refused it. */
public record SendRefused(SendRequest request, Denied denied) {}
