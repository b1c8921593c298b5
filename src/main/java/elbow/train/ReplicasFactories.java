package elbow.train;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.train.plan.TrainingPlan;
import java.util.Locale;
import java.util.ServiceLoader;

/** Finds the {@link ReplicasFactory} of a training master on the class path. */
final class ReplicasFactories {
    private ReplicasFactories() {}

    /** @throws ElbowException of category USAGE if this build has none for {@code master} */
    static ReplicasFactory find(TrainingPlan.Master master) {
        // Not the context class loader: an embedding application may have loaded Elbow by another one.
        return find(master, ReplicasFactory.class.getClassLoader());
    }

    static ReplicasFactory find(TrainingPlan.Master master, ClassLoader classPath) {
        for (ReplicasFactory factory : ServiceLoader.load(ReplicasFactory.class, classPath)) {
            if (factory.master() == master) {
                return factory;
            }
        }
        throw new ElbowException(
                ErrorCategory.USAGE,
                "training.master must be one that this build of Elbow contains, but is "
                        + master.name().toLowerCase(Locale.ROOT)
                        + ", for which it has no module (a build for Spark 4 has none: DL4J's is for Spark 3.5);"
                        + " use averaging, Elbow's own");
    }
}
