/** Keys and what they protect: sealed values, keyed hashes, random ids. Values only below the key ring. */
@NullMarked
@ApplicationModule(allowedDependencies = {"server :: storage"})
package io.ringcode.secret;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
