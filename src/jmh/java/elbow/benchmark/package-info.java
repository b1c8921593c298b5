/** Benchmarks against the peers, in one run; not part of the product. */
@NullMarked
package elbow.benchmark;

import org.jspecify.annotations.NullMarked;
