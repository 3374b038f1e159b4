/** Log streams. */
@NullMarked
@NamedInterface
package io.ringcode.management.log;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
