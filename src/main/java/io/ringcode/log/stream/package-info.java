/** Log streams: each carries a tenant's log to another system, at least once and in order. */
@NullMarked
@NamedInterface
package io.ringcode.log.stream;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
