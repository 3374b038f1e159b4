@NullMarked
package io.ringcode.mail;

import org.jspecify.annotations.NullMarked;
