/** Backups: all rows of one moment in an encrypted file, and back into an empty database, or straight into another. */
@NullMarked
package io.ringcode.server.backup;

import org.jspecify.annotations.NullMarked;
