/** The phone factor: carriers, routes, texts, limits, and what became of messages. */
@NullMarked
package io.ringcode.management.phone;

import org.jspecify.annotations.NullMarked;
