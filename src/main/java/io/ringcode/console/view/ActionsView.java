package io.ringcode.console.view;

import io.ringcode.action.Trigger;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the pages of actions show. */
public interface ActionsView {
    /** What a trigger is called, and when its actions run. */
    static String title(Trigger trigger) {
        return switch (trigger) {
            case POST_LOGIN -> "Post login";
            case PRE_BIND_NUMBER -> "Pre-bind number";
            case PRE_SEND -> "Pre-send";
            case SEND_PHONE_MESSAGE -> "Send phone message";
            case CUSTOM_PHONE_PROVIDER -> "Custom phone provider";
        };
    }

    static String when(Trigger trigger) {
        return switch (trigger) {
            case POST_LOGIN -> "After the password: can require a factor, add claims or deny access.";
            case PRE_BIND_NUMBER -> "Before a phone number is enrolled: can refuse it.";
            case PRE_SEND -> "Before a code is sent: can refuse the number or require another factor.";
            case SEND_PHONE_MESSAGE -> "Sends the message while the delivery method is a script.";
            case CUSTOM_PHONE_PROVIDER -> "Sends the message in the unified phone experience.";
        };
    }

    /**
     * The actions of a trigger.
     *
     * @param bound those that run, in order
     * @param others that could be bound
     */
    record OfTrigger(Trigger trigger, List<JsonNode> bound, List<JsonNode> others) {}

    record Actions(PageFrame shell, List<OfTrigger> triggers) implements View {}

    /**
     * @param id null for one that is not saved yet
     * @param form its name, code and packages
     * @param action as the API answers it; missing for one that is not saved yet
     * @param secrets their names
     * @param payload of a test
     * @param ran what a test came to; null for none
     */
    record Action(
            PageFrame shell,
            @Nullable String id,
            Trigger trigger,
            Form form,
            JsonNode action,
            List<String> secrets,
            JsonNode versions,
            JsonNode executions,
            String payload,
            @Nullable JsonNode ran)
            implements View {
        private static final Pattern SECRET = Pattern.compile("event\\.secrets\\.([A-Za-z_][A-Za-z0-9_]*)");

        /** Names of the secrets that the code reads and that are not set. */
        public List<String> missingSecrets() {
            return SECRET.matcher(form.text("code"))
                    .results()
                    .map(found -> found.group(1))
                    .distinct()
                    .filter(name -> !secrets.contains(name))
                    .toList();
        }

        /** What runs; empty while nothing was deployed. */
        public String deployed() {
            var version = action.path("deployed_version").path("number");
            return version.isNumber() ? version.asString() : "";
        }
    }
}
