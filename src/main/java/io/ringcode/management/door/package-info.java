/** What every call passes: token, scope and rate of calls; and how a change is made and logged. */
@NullMarked
package io.ringcode.management.door;

import org.jspecify.annotations.NullMarked;
