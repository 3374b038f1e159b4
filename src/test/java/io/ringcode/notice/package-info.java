@NullMarked
package io.ringcode.notice;

import org.jspecify.annotations.NullMarked;
