package elbow.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.train.plan.TrainingPlan;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ReplicasFactoriesTest {
    @Test
    @Tag("spark-3")
    void stockMasterIsFoundOnTheClassPath() {
        assertThat(ReplicasFactories.find(TrainingPlan.Master.STOCK).master()).isEqualTo(TrainingPlan.Master.STOCK);
    }

    @Test
    void buildWithoutTheModuleOfAMasterRefusesIt() {
        assertThatThrownBy(
                        () -> ReplicasFactories.find(TrainingPlan.Master.STOCK, ClassLoader.getPlatformClassLoader()))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.USAGE))
                .hasMessage("training.master must be one that this build of Elbow contains, but is stock, for which it"
                        + " has no module (a build for Spark 4 has none: DL4J's is for Spark 3.5); use averaging,"
                        + " Elbow's own");
    }
}
