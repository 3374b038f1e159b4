/** Replays of the fraud guard: a generator of traffic, honest and not, the run over it, and the score. */
@NullMarked
package io.ringcode.bench.fraud;

import org.jspecify.annotations.NullMarked;
