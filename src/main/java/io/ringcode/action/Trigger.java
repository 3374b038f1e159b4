package io.ringcode.action;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a script may answer, by its id on the wire. */
public enum Trigger {
    SEND_PHONE_MESSAGE("send-phone-message", "onExecuteSendPhoneMessage", "v2", "v1"),
    CUSTOM_PHONE_PROVIDER("custom-phone-provider", "onExecuteCustomPhoneProvider", "v1"),
    POST_LOGIN("post-login", "onExecutePostLogin", "v3", "v2", "v1"),
    /** Of this server's own, as the one after it: Auth0 asks nobody about numbers. */
    PRE_BIND_NUMBER("pre-bind-number", "onExecutePreBindNumber", "v1"),
    PRE_SEND("pre-send", "onExecutePreSend", "v1");

    private final String id;
    private final String entry;
    private final String versions;

    Trigger(String id, String entry, String... versions) {
        this.id = id;
        this.entry = entry;
        this.versions = String.join(" ", versions);
    }

    public static Optional<Trigger> of(String id) {
        return Arrays.stream(values()).filter(trigger -> trigger.id.equals(id)).findFirst();
    }

    public String id() {
        return id;
    }

    /** The function that an action exports for it. */
    public String entry() {
        return entry;
    }

    /** The current one first; older ones are deprecated and run the same. */
    public List<String> versions() {
        return List.of(versions.split(" ", -1));
    }
}
