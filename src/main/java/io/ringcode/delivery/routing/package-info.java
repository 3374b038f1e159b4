/** The order in which carriers are asked for a message, and the circuit breakers that leave failing ones out. */
@NullMarked
package io.ringcode.delivery.routing;

import org.jspecify.annotations.NullMarked;
