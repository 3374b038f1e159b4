/** Node.js worker processes, what walls them in, and npm. Knows nothing of hooks, tenants' settings or messages. */
@NullMarked
package io.ringcode.action.node;

import org.jspecify.annotations.NullMarked;
