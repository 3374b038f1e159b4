/** Esendex: SMS and calls through the message dispatcher, push notifications. */
@NullMarked
package io.ringcode.delivery.esendex;

import org.jspecify.annotations.NullMarked;
