/** The Management API called within the process, as the administrator who is signed in. */
@NullMarked
package io.ringcode.console.api;

import org.jspecify.annotations.NullMarked;
