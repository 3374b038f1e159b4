/** The evaluation provider: no carrier, but an inbox that the local phone shows. */
@NullMarked
@NamedInterface("builtin")
package io.ringcode.delivery.builtin;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
