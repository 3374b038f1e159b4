package io.ringcode.challenge;

import io.ringcode.action.NumberVerdict.Instead;
import io.ringcode.delivery.FailureCause;
import io.ringcode.fraud.Admission.Denied;
import io.ringcode.phone.Channel;
import org.jspecify.annotations.Nullable;

/** What became of the wish to send a code. */
public sealed interface Started {
    /**
     * The code is sent, or will be: the message is safe in the outbox.
     *
     * @param recoveryCode the user's recovery code, at a first enrolment where the tenant has that factor on
     */
    record CodeSent(OobCode oobCode, @Nullable String recoveryCode) implements Started {}

    /** The carrier has said within the wait that it will never send this. */
    record CarrierRefused(Channel channel, FailureCause fault) implements Started {}

    /** A rule of the tenant's does not let this message be sent. Nothing was counted. */
    record NotAdmitted(Channel channel, Denied denied) implements Started {}

    /**
     * An action of the tenant's does not trust the number, or its owner said that the phone is lost. Nothing was counted.
     *
     * @param reason for the application: the action's own words, or ours
     */
    record NumberRefused(Channel channel, Instead instead, String reason) implements Started {}

    /** Who asks must first show that he is no program. Nothing was counted. */
    record ProofWanted(Channel channel, Denied otherwise) implements Started {}

    /** The tenant's provider cannot do it: no such channel, not set up, or its life's messages are used up. */
    record CannotSend(String reason) implements Started {}
}
