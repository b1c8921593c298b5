package elbow.train.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import elbow.JavaProgram;
import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.math.Precision;
import elbow.train.plan.TrainingPlan.Master;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PrecisionResolverTest {
    /** What becomes of bfloat16 in a process that cannot make such products. */
    static final class Print {
        private Print() {}

        public static void main(String[] arguments) {
            try {
                System.out.print(resolve("bfloat16", Master.AVERAGING));
            } catch (ElbowException e) {
                System.out.print(e.category() + ": " + e.getMessage());
            }
        }
    }

    @Test
    void float32IsForEveryMaster() {
        for (Master master : Master.values()) {
            assertThat(resolve("float32", master)).isEqualTo(Precision.FLOAT32);
        }
    }

    @Test
    void bfloat16IsForElbowsOwnMaster() {
        assertThatThrownBy(() -> resolve("bfloat16", Master.STOCK))
                .isInstanceOf(ElbowException.class)
                .hasMessage("training.precision must be float32 under the stock master, whose workers train in nothing"
                        + " else, but is bfloat16");
        assumeThat(Precision.BFLOAT16.obstacle()).isEmpty();
        assertThat(resolve("bfloat16", Master.AVERAGING)).isEqualTo(Precision.BFLOAT16);
    }

    @Test
    void bfloat16IsRefusedWhereItCannotBe() throws Exception {
        assertThat(JavaProgram.output(Print.class, List.of("-Delbow.blas=java"), Map.of()))
                .isEqualTo(ErrorCategory.USAGE + ": training.precision must be float32 here, as matrix products are"
                        + " those of java, not of oneDNN, but is bfloat16");
    }

    private static Precision resolve(String precision, Master master) {
        return PrecisionResolver.resolve(
                Configuration.defaults().withOverrides(List.of("training.precision=" + precision)), master);
    }
}
