/** Hooks and actions: code, secrets, versions, runs and bindings. */
@NullMarked
@NamedInterface
package io.ringcode.management.script;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
