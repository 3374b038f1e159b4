/** What the tests of every package stand on. */
@NullMarked
package io.ringcode;

import org.jspecify.annotations.NullMarked;
