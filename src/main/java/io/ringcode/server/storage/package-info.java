/** Files of the server: the data folder, durable writes, the master key. */
@NullMarked
@NamedInterface("storage")
package io.ringcode.server.storage;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
