@NullMarked
package io.ringcode.dbconnections;

import org.jspecify.annotations.NullMarked;
