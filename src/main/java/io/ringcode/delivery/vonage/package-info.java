/** Vonage: SMS by the SMS API or by Messages, calls by the Voice API, signed webhooks. */
@NullMarked
package io.ringcode.delivery.vonage;

import org.jspecify.annotations.NullMarked;
