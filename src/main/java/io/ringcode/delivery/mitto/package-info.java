/** Mitto: SMS, with delivery reports that nobody signs. */
@NullMarked
package io.ringcode.delivery.mitto;

import org.jspecify.annotations.NullMarked;
