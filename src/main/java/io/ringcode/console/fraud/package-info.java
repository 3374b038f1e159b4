/** Pages of the fraud guard: what it does now, its rules, budgets, kinds of numbers and prices. */
@NullMarked
package io.ringcode.console.fraud;

import org.jspecify.annotations.NullMarked;
