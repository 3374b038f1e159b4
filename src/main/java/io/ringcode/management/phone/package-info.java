/** The phone factor: carriers, routes, texts, limits, and what became of messages. */
@NullMarked
@NamedInterface
package io.ringcode.management.phone;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
