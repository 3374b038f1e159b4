/** Applications, their keys and grants, APIs, connections and trusted issuers. */
@NullMarked
@NamedInterface
package io.ringcode.management.client;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
