/** Bounds on connections: how many there are, and how long each may take. */
@NullMarked
package io.ringcode.server.http;

import org.jspecify.annotations.NullMarked;
