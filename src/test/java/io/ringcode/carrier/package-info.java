/** A carrier to test against: a real server on loopback that does what the script says. */
@NullMarked
package io.ringcode.carrier;

import org.jspecify.annotations.NullMarked;
