/** Hooks and actions: code, secrets, versions, runs and bindings. */
@NullMarked
package io.ringcode.management.script;

import org.jspecify.annotations.NullMarked;
