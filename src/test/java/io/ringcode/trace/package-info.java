@NullMarked
package io.ringcode.trace;

import org.jspecify.annotations.NullMarked;
