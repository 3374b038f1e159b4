/** What the fraud guard learns from the traffic of a tenant, in memory: counters by scope, and what they say of a request. */
@NullMarked
package io.ringcode.fraud.traffic;

import org.jspecify.annotations.NullMarked;
