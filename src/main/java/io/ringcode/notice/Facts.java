package io.ringcode.notice;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a row of the table {@code notice} says, in texts, as it is stored: to whom, of what. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Facts.Event.class, name = "event"),
    @JsonSubTypes.Type(value = Facts.Webhook.class, name = "webhook"),
    @JsonSubTypes.Type(value = Facts.ResetAsked.class, name = "reset"),
    @JsonSubTypes.Type(value = Facts.Denied.class, name = "denied"),
    @JsonSubTypes.Type(value = Facts.Loss.class, name = "loss")
})
sealed interface Facts {
    /**
     * Something was done to an account.
     *
     * @param enrollment the authenticator that it is about; null for none
     * @param email to whom; null where it goes to a phone
     * @param phone to which number, E.164; null where it goes by mail
     * @param phoneId the phone's id as an authenticator; null by mail
     * @param language its tag
     */
    record Event(
            NoticeKind kind,
            String user,
            @Nullable String enrollment,
            @Nullable String email,
            @Nullable String phone,
            @Nullable String phoneId,
            String language,
            Instant at)
            implements Facts {
        @Override
        public String toString() {
            return "Event[" + kind + "]";
        }
    }

    /** The same, for the tenant's own system. */
    record Webhook(NoticeKind kind, String user, @Nullable String enrollment, String language, Instant at)
            implements Facts {
        @Override
        public String toString() {
            return "Webhook[" + kind + "]";
        }
    }

    /** Somebody forgot a password; whether there is such a user is found out when the mail is due. */
    record ResetAsked(String connection, String login, String client, String language) implements Facts {
        @Override
        public String toString() {
            return "ResetAsked";
        }
    }

    /** An owner said that it was somebody else; for an administrator. */
    record Denied(NoticeKind kind, String user, String administrator, Instant at) implements Facts {
        @Override
        public String toString() {
            return "Denied[" + kind + "]";
        }
    }

    /** Somebody with an account's password says that its phone is lost, and has nothing else; for an administrator. */
    record Loss(String user, String administrator, Instant at) implements Facts {
        @Override
        public String toString() {
            return "Loss";
        }
    }
}
