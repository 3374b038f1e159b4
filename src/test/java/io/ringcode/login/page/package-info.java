@NullMarked
package io.ringcode.login.page;

import org.jspecify.annotations.NullMarked;
