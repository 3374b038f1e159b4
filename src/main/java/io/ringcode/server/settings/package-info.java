/** The settings: flags and environment variables read and checked once, and the refusal to start with wrong ones. */
@NullMarked
@NamedInterface("settings")
package io.ringcode.server.settings;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
