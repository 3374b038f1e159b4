/** Pages of hooks, and the progress of their builds. */
@NullMarked
package io.ringcode.console.script;

import org.jspecify.annotations.NullMarked;
