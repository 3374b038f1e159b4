/** Ringcode: SMS and voice codes as a second factor. Only {@code main} lives here; the rooms are the packages below. */
@NullMarked
package io.ringcode;

import org.jspecify.annotations.NullMarked;
