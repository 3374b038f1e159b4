@NullMarked
package io.ringcode.myaccount;

import org.jspecify.annotations.NullMarked;
