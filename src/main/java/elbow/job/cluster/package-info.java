/**
 * What a running command has to do with the cluster that it runs on, beside its work: looking after executors that do
 * not come.
 *
 * <p>What a cluster's failures are called is in {@link elbow.failure}; settings that are good for a fit are in
 * {@link elbow.fit.SparkSettings}. What may not change: nobody else's session is watched, for jobs are cancelled.
 */
@NullMarked
package elbow.job.cluster;

import org.jspecify.annotations.NullMarked;
