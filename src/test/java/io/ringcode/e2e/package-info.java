/** Auth0's own clients, unmodified and in fixed versions, against a server that speaks https as in real use. */
@NullMarked
package io.ringcode.e2e;

import org.jspecify.annotations.NullMarked;
