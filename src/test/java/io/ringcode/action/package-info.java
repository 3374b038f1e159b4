@NullMarked
package io.ringcode.action;

import org.jspecify.annotations.NullMarked;
