/**
 * What the parts of the anomaly score weigh, where a few known anomalies choose it: the search, its rule and what it
 * found. It knows scores alone, no rows and no network. Another rule, or another part that may weigh more or less,
 * belongs here.
 */
@NullMarked
package elbow.fit.weights;

import org.jspecify.annotations.NullMarked;
