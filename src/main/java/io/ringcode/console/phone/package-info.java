/** Pages of the phone factor: carriers, routes, templates. */
@NullMarked
package io.ringcode.console.phone;

import org.jspecify.annotations.NullMarked;
