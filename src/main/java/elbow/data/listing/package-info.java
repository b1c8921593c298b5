/**
 * The files that an input stands for: names and patterns resolved, directories listed, packed files opened.
 *
 * <p>A new way to pack files goes to {@link elbow.data.listing.Packing}. What is in a file is read in
 * {@link elbow.data.source}.
 */
@NullMarked
package elbow.data.listing;

import org.jspecify.annotations.NullMarked;
