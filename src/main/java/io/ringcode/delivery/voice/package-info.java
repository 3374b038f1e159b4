/** What calls say, for all carriers alike: a code digit by digit, twice, in a voice that speaks the person's language. */
@NullMarked
package io.ringcode.delivery.voice;

import org.jspecify.annotations.NullMarked;
