/** The database: the built-in PostgreSQL as a child process, or a check of the external one. */
@NullMarked
package io.ringcode.server.postgres;

import org.jspecify.annotations.NullMarked;
