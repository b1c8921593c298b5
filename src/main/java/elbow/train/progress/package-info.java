/**
 * How a run's progress is followed: its events, and the places besides the terminal where they are shown, Spark's
 * metrics system and TensorBoard.
 *
 * <p>{@link elbow.train.progress.TrainingListener} receives a {@link elbow.train.progress.RoundReport} for each round;
 * a new place is one more listener. Listeners only show: none may change what is trained, or end it. Names of gauges
 * and tags stay, dashboards go by them.
 */
@NullMarked
package elbow.train.progress;

import org.jspecify.annotations.NullMarked;
