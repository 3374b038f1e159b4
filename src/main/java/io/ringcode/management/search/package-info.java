/** The query language over users and log records, and the log itself. */
@NullMarked
package io.ringcode.management.search;

import org.jspecify.annotations.NullMarked;
