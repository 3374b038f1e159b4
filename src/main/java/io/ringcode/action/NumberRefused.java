package io.ringcode.action;

/** An action does not let a phone number be trusted, or failed at saying whether it may be. */
public record NumberRefused(NumberCheck check, NumberVerdict.Refused verdict) {}
