/** Bodies, pages and refusals of the Management API as JSON. */
@NullMarked
package io.ringcode.management.json;

import org.jspecify.annotations.NullMarked;
