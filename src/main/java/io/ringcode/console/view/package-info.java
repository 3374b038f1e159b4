/** What the pages show: one record for each template, and the texts and forms in them. */
@NullMarked
package io.ringcode.console.view;

import org.jspecify.annotations.NullMarked;
