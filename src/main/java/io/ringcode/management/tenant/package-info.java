/** Tenants, their settings, branding, factors and administrators. */
@NullMarked
package io.ringcode.management.tenant;

import org.jspecify.annotations.NullMarked;
