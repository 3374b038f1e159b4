package io.ringcode.console.view;

import java.util.List;
import java.util.Optional;

/**
 * A carrier as the console names it.
 *
 * @param name the provider's
 * @param voice whether it makes calls
 * @param guide its page among the documents
 */
public record Carrier(String name, String title, boolean voice, String guide) {
    public static final List<Carrier> ALL = List.of(
            new Carrier("twilio", "Twilio", true, "twilio"),
            new Carrier("infobip", "Infobip", true, "infobip"),
            new Carrier("vonage", "Vonage", true, "vonage"),
            new Carrier("telesign", "TeleSign", true, "telesign"),
            new Carrier("sns", "Amazon SNS", false, "sns"),
            new Carrier("aws-sms-voice", "AWS End User Messaging", true, "aws-sms-voice"),
            new Carrier("esendex", "Esendex", true, "esendex"),
            new Carrier("mitto", "Mitto", false, "mitto"),
            new Carrier("webhook", "Webhook", true, "webhook"));

    public static Optional<Carrier> named(String name) {
        return ALL.stream().filter(carrier -> carrier.name().equals(name)).findFirst();
    }
}
