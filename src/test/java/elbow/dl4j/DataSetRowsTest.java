package elbow.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.math.BlasChoice;
import elbow.vae.VaeSpec;
import elbow.vae.VaeSpecJson;
import elbow.vae.likelihood.Categorical;
import elbow.vae.likelihood.Gaussian;
import elbow.vae.likelihood.LikelihoodGroup;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class DataSetRowsTest {
    private static final float GAP = Float.NaN;

    private static final String SPEC = VaeSpecJson.write(VaeSpec.builder(4, 2)
                    .likelihoods(List.of(
                            new LikelihoodGroup(new Categorical(3), 3), new LikelihoodGroup(Gaussian.fixed(1), 1)))
                    .missingColumns(List.of(0))
                    .build())
            .toString();

    @BeforeAll
    static void settleBlas() {
        BlasChoice.settle();
    }

    @Test
    void aCategoryIsMissingAsAWhole() {
        assertThat(rows(new float[][] {{GAP, 0, 0, 1}, {0, 1, 0, 2}}))
                .containsExactly(new float[] {GAP, GAP, GAP, 1}, new float[] {0, 1, 0, 2});
    }

    @Test
    void gapsThatTheNetworkDoesNotTakeAreRefused() {
        assertThatThrownBy(() -> rows(new float[][] {{1, 0, 0, 1}, {1, 0, 0, GAP}}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("features[1][3] must be finite, but is NaN");
    }

    @Test
    void rowsOfAnotherWidthAreRefused() {
        assertThatThrownBy(() -> rows(new float[][] {{1, 0, 0}}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("features must have shape [rows, 4], but is ");
    }

    private static List<float[]> rows(float[][] values) {
        var features = Nd4j.createFromArray(values);
        List<float[]> rows = new ArrayList<>();
        DataSetRows.of(List.of(new DataSet(features, features)).iterator(), SPEC)
                .forEachRemaining(rows::add);
        return rows;
    }
}
