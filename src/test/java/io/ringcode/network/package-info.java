@NullMarked
package io.ringcode.network;

import org.jspecify.annotations.NullMarked;
