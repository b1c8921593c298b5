/**
 * The configuration, resolved against data and cluster before a run starts. The only "auto" that a plan may still have
 * is the length of a round, which the first rounds measure.
 *
 * <p>A {@code Resolver} turns one part of the configuration into its part of the {@link elbow.train.plan.TrainingPlan}.
 * A new prior or posterior is a line in {@code PriorChoice} or {@code PosteriorChoice}, which say which settings it
 * reads. What a plan must fulfil is checked here, before training, by messages that name keys. What {@code auto} stands
 * for decides on the model: to change it changes every model that is trained by default.
 */
@NullMarked
package elbow.train.plan;

import org.jspecify.annotations.NullMarked;
