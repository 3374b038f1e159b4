/** The page of the tenant's settings. */
@NullMarked
package io.ringcode.console.settings;

import org.jspecify.annotations.NullMarked;
