/** Pages of users and administrators. */
@NullMarked
package io.ringcode.console.user;

import org.jspecify.annotations.NullMarked;
