/**
 * Averaging rounds: every replica makes some minibatch steps from one state on its own rows, the driver takes the mean
 * of what they return and makes an outer step with it.
 *
 * <p>A replica's work is a pure function of the state, its rows and the round
 * ({@link elbow.train.averaging.ReplicaTask}); the mean goes by replica and never by arrival. So whatever fails and is
 * done again, wherever it runs, the result is the same to the bit.
 */
@NullMarked
package elbow.train.averaging;

import org.jspecify.annotations.NullMarked;
