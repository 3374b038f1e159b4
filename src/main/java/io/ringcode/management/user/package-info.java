/** Users, their authenticators and blocks, imports and exports. */
@NullMarked
package io.ringcode.management.user;

import org.jspecify.annotations.NullMarked;
