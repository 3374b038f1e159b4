package io.ringcode.bench;

import io.ringcode.bench.Machine.Cpu;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * What is measured.
 *
 * @param users makes one more user of it
 * @param cpu what it has cost so far
 * @param batches what its servers have written so far
 */
record Subject(String name, Callable<? extends User> users, Supplier<Cpu> cpu, Supplier<Batches> batches) {}
