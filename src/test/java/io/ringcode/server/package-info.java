@NullMarked
package io.ringcode.server;

import org.jspecify.annotations.NullMarked;
