/**
 * What attackers do, done to a real server: each class is one way to take it down or to get past it. Attacks by tenants' scripts
 * stand beside what they attack, in {@code action.node}, and those by addresses that administrators type in {@code network};
 * docs/security.md names the test of each.
 */
@NullMarked
package io.ringcode.attack;

import org.jspecify.annotations.NullMarked;
