/** How adapters speak HTTP: one client with one set of limits for all carriers. */
@NullMarked
package io.ringcode.delivery.http;

import org.jspecify.annotations.NullMarked;
