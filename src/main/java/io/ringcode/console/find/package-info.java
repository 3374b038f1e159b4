/** The search of the whole console. */
@NullMarked
package io.ringcode.console.find;

import org.jspecify.annotations.NullMarked;
