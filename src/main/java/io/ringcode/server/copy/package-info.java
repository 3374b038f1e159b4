/** All rows of one database into another: their order, COPY, and the proof that none is missing or changed. */
@NullMarked
package io.ringcode.server.copy;

import org.jspecify.annotations.NullMarked;
