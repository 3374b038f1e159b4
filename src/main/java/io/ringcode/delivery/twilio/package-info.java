/** Twilio: Programmable Messaging for SMS, Programmable Voice with inline TwiML for calls. */
@NullMarked
package io.ringcode.delivery.twilio;

import org.jspecify.annotations.NullMarked;
