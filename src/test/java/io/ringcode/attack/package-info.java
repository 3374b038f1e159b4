/** What attackers do, done to a real server: each class is one way to take it down or to get past it. */
@NullMarked
package io.ringcode.attack;

import org.jspecify.annotations.NullMarked;
