/** The overview, the messages and the log. */
@NullMarked
package io.ringcode.console.activity;

import org.jspecify.annotations.NullMarked;
