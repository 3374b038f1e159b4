@NullMarked
package io.ringcode.action.node;

import org.jspecify.annotations.NullMarked;
