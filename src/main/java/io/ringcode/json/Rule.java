package io.ringcode.json;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a member must fit beside its type. On a list or a map, {@link Items} is about itself and every other rule about each
 * of its values.
 */
public final class Rule {
    private Rule() {}

    /** How many characters a text has. */
    @Target(ElementType.RECORD_COMPONENT)
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Length {
        int min() default 0;

        int max();
    }

    /** A text matches this regular expression as a whole. */
    @Target(ElementType.RECORD_COMPONENT)
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Matches {
        String value();
    }

    /** A text is one of these. An enum with a method {@code wire()} needs no such rule. */
    @Target(ElementType.RECORD_COMPONENT)
    @Retention(RetentionPolicy.RUNTIME)
    public @interface OneOf {
        String[] value();
    }

    /** A number is from {@code min} to {@code max}, both included. */
    @Target(ElementType.RECORD_COMPONENT)
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Range {
        double min();

        double max();
    }

    /** How many values a list has; unique ones are all different. */
    @Target(ElementType.RECORD_COMPONENT)
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Items {
        int max();

        boolean unique() default false;
    }

    /** A text is cleaned as the name of a user is ({@link io.ringcode.text.Typed#name}) before other rules see it. */
    @Target(ElementType.RECORD_COMPONENT)
    @Retention(RetentionPolicy.RUNTIME)
    public @interface TypedName {}

    /** Null is taken as if the member were left out, and on a map as one of its values, which is an error otherwise. */
    @Target(ElementType.RECORD_COMPONENT)
    @Retention(RetentionPolicy.RUNTIME)
    public @interface NullAllowed {}

    /** The record's only component is the body itself, such as a list, and no member of an object. */
    @Target(ElementType.RECORD_COMPONENT)
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Whole {}

    /**
     * On a map of an answer that is written as members of the answer itself ({@code @JsonAnyGetter}): which there may be, as
     * members of this body, by which they were set.
     */
    @Target(ElementType.RECORD_COMPONENT)
    @Retention(RetentionPolicy.RUNTIME)
    public @interface MembersOf {
        Class<? extends JsonBody> value();
    }

    /** On a record: members that it does not name are ignored, where they are an error otherwise. */
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    public @interface IgnoreUnknown {}
}
