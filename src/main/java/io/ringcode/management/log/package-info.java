/** Log streams. */
@NullMarked
package io.ringcode.management.log;

import org.jspecify.annotations.NullMarked;
