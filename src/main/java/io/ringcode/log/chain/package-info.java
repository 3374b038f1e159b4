/** The log as a hash chain: places and hashes of its lines, signed heads, and what tells whether a line was changed. */
@NullMarked
@NamedInterface
package io.ringcode.log.chain;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
