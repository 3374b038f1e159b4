/** Pages of applications, their keys and grants, and of keys for the Management API. */
@NullMarked
package io.ringcode.console.client;

import org.jspecify.annotations.NullMarked;
