/** The sign-in pages' looks: screens, their texts in every language, and the templates that they are written by. */
@NullMarked
package io.ringcode.login.page;

import org.jspecify.annotations.NullMarked;
