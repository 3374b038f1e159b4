/** What is shipped around the program: unit, image, manifests, alerts. */
@NullMarked
package io.ringcode.packaging;

import org.jspecify.annotations.NullMarked;
