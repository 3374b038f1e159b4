/** The authorization endpoint: an application's request read and checked, decided, and answered. */
@NullMarked
package io.ringcode.login.authorize;

import org.jspecify.annotations.NullMarked;
