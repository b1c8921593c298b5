package elbow.data.feature;

import java.util.Locale;

/** The kinds of columns that the network can model, in the order in which they are encoded. */
public enum FeatureType {
    /** 8-bit pixels. */
    IMAGE,
    /** Any number. */
    REAL,
    /** A number above 0. */
    POSITIVE,
    /** A whole number from 0 that counts something. */
    COUNT,
    /** 0 or 1, or a truth value. */
    BINARY,
    /** One of a few levels that have an order. */
    ORDINAL,
    /** One of several values without an order. */
    CATEGORICAL,
    /** A point in time, as its position within day, week and year. */
    TIME;

    /** The word in configuration, JSON and tables. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
