/** Phone numbers and their regions: values only, no beans, no state. */
@NullMarked
@ApplicationModule(allowedDependencies = {"text"})
package io.ringcode.phone;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
