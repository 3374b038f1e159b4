/** Twilio: Programmable Messaging for SMS, Programmable Voice with inline TwiML for calls. */
@NullMarked
@NamedInterface("twilio")
package io.ringcode.delivery.twilio;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
