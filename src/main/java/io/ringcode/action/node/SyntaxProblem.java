package io.ringcode.action.node;

/** @param line counted from 1; 0 where the compiler names none */
public record SyntaxProblem(String message, int line) {}
