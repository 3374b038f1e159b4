package io.ringcode.user;

/**
 * Users who could not be written in one batch: a name that was free has been taken meanwhile, or is taken by the database's
 * way of comparing. The transaction must be rolled back; fewer of them may go in, and one alone when it is tried again.
 */
public class NotTogether extends RuntimeException {}
