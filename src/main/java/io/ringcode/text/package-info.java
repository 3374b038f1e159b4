/** Text that people type, in one form: values only, no beans, no state. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.ringcode.text;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
