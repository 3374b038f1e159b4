/** Twilio: Programmable Messaging for SMS, Programmable Voice for calls, status callbacks for both. */
@NullMarked
package io.ringcode.delivery.twilio;

import org.jspecify.annotations.NullMarked;
