/** Bodies, pages and refusals of the Management API as JSON. */
@NullMarked
@NamedInterface
package io.ringcode.management.json;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
