/** The steps of a sign-in as a state machine: which page is due, and what its form does. */
@NullMarked
package io.ringcode.login.step;

import org.jspecify.annotations.NullMarked;
