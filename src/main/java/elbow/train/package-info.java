/**
 * Distributed training: replicas of one VAE train in parallel on their own shards of the rows and are averaged round
 * after round. The plan of a run is resolved against data and cluster before it starts; what comes out is a network and
 * its history.
 */
@NullMarked
package elbow.train;

import org.jspecify.annotations.NullMarked;
