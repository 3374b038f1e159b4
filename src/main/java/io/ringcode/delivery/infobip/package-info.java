/** Infobip: SMS v3 and text-to-speech calls, delivery reports for both. */
@NullMarked
package io.ringcode.delivery.infobip;

import org.jspecify.annotations.NullMarked;
