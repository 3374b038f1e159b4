/** Resources of Auth0's Management API that Ringcode does not have, answered as by an empty tenant. */
@NullMarked
package io.ringcode.management.unsupported;

import org.jspecify.annotations.NullMarked;
