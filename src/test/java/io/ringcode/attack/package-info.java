/** What attackers try, over HTTP, through the API and the pages. */
@NullMarked
package io.ringcode.attack;

import org.jspecify.annotations.NullMarked;
