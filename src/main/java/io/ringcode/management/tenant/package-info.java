/** Tenants, their settings, branding, factors and administrators. */
@NullMarked
@NamedInterface
package io.ringcode.management.tenant;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
