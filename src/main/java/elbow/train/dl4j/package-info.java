/**
 * DL4J's own distributed training: Elbow's rounds as a {@code TrainingMaster}, and the stock master as a run's.
 *
 * <p>All that needs DL4J's Spark module, which stops at Scala 2.12, is here and nowhere else: no other room knows of
 * this one, which a run finds through {@link elbow.train.ReplicasFactory}.
 */
@NullMarked
package elbow.train.dl4j;

import org.jspecify.annotations.NullMarked;
