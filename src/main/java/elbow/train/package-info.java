/**
 * Distributed training: replicas of one VAE train in parallel on their own shards of the rows and are averaged round
 * after round. The plan of a run is resolved against data and cluster before it starts; what comes out is a network and
 * its history.
 *
 * <pre>
 * plan        settings resolved against data and cluster
 * averaging   rounds: replicas, their states, outer steps
 * checkpoint  what an interrupted run goes on from
 * group       networks of groups of rows, beside that of all
 * progress    who listens: console, history, TensorBoard
 * dl4j        the same training behind DL4J's own interfaces
 * </pre>
 *
 * <p>One replica trains as a local loop does, to the bit, and a run that is resumed as one that was never interrupted:
 * whatever is added here keeps both. Checkpoints of older builds stay readable.
 */
@NullMarked
package elbow.train;

import org.jspecify.annotations.NullMarked;
