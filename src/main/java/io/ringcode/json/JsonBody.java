package io.ringcode.json;

/** A record that is a request's body: its components are the schema ({@link BodySchema}). */
public interface JsonBody {}
