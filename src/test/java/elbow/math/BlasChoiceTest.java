package elbow.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import elbow.JavaProgram;
import elbow.base.ElbowException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class BlasChoiceTest {
    private static final String THREADS = "OMP_NUM_THREADS";
    private static final Map<String, String> UNSET = Map.of(THREADS, "", "OPENBLAS_CORETYPE", "");

    /** Which library it is. */
    static final class Print {
        private Print() {}

        public static void main(String[] arguments) {
            System.out.print(Blas.vendor());
        }
    }

    @BeforeEach
    void oneDnnIsForOnePlatform() {
        boolean here = BlasChoice.isLinuxOnX86();
        assumeThat(here).as("the platform that oneDNN is used on").isTrue();
    }

    @Test
    void openMpsThreadsDoNotDecide() throws Exception {
        assertThat(JavaProgram.output(Print.class, List.of(), UNSET)).isEqualTo("onednn");
        assertThat(JavaProgram.output(Print.class, List.of(), Map.of(THREADS, "2")))
                .isEqualTo("onednn");
    }

    @Test
    void propertiesDecide() throws Exception {
        assertThat(JavaProgram.output(Print.class, List.of("-Delbow.blas=openblas"), UNSET))
                .isEqualTo("openblas");
        assertThat(JavaProgram.output(Print.class, List.of("-Delbow.blas=java"), UNSET))
                .isEqualTo("java");
        assertThat(JavaProgram.output(Print.class, List.of("-Dorg.bytedeco.openblas.load=openblas@.0"), UNSET))
                .isEqualTo("openblas");
    }

    @Test
    void unknownLibraryIsRefused() {
        assertThatThrownBy(() -> BlasChoice.requireKnown("atlas"))
                .isInstanceOf(ElbowException.class)
                .hasMessage("elbow.blas must be openblas, java or not set, but is atlas");
    }

    @Test
    void choiceIsComparedPropertyByProperty() {
        String own = BlasChoice.jvmOption();

        assertThat(BlasChoice.isMadeBy(own)).isTrue();
        assertThat(BlasChoice.isMadeBy("-Xmx1g " + own + " -XX:+UseG1GC")).isTrue();
        assertThat(BlasChoice.isMadeBy("-Delbow.blas=atlas " + own)).isEqualTo(own.contains(BlasChoice.LIBRARY));
        assertThat(BlasChoice.isMadeBy(own + " -Delbow.blas=atlas")).isFalse();
    }
}
