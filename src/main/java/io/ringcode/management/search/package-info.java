/** The query language over users and log records, and the log itself. */
@NullMarked
@NamedInterface
package io.ringcode.management.search;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
