/** What a ceremony costs, next to its bare SQL; started by {@code bench/run}, and no part of the tests. */
@NullMarked
package io.ringcode.bench;

import org.jspecify.annotations.NullMarked;
