@NullMarked
package io.ringcode.batch;

import org.jspecify.annotations.NullMarked;
