package io.ringcode.delivery.carrier;

/** The provider that a tenant has selected: {@code auth0}, {@code twilio}, {@code phone-message-hook} or any other provider's name. */
public record SelectedProvider(String provider) {
    public static final String SETTING = "guardian/factors/phone/selected-provider";
    public static final SelectedProvider UNSET = new SelectedProvider("auth0");
}
