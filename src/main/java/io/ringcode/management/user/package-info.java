/** Users, their authenticators and blocks, imports and exports. */
@NullMarked
@NamedInterface
package io.ringcode.management.user;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
