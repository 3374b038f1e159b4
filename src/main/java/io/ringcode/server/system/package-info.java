/** Programs and failures of the operating system. */
@NullMarked
@NamedInterface("system")
package io.ringcode.server.system;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
