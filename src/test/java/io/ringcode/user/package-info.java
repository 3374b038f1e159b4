@NullMarked
package io.ringcode.user;

import org.jspecify.annotations.NullMarked;
