/** Applications, their keys and grants, APIs, connections and trusted issuers. */
@NullMarked
package io.ringcode.management.client;

import org.jspecify.annotations.NullMarked;
