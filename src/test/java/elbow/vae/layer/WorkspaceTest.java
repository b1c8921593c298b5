package elbow.vae.layer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WorkspaceTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 13})
    void oneRowIsRepeatedAsOftenAsAskedAndNoFurther(int rows) {
        int width = 3;
        float[] tile = new float[14 * width];
        double[] wide = new double[tile.length];
        for (int i = 0; i < width; i++) {
            tile[i] = i + 1;
            wide[i] = i + 1;
        }
        Workspace.repeatRow(tile, width, rows);
        Workspace.repeatRow(wide, width, rows);
        for (int i = 0; i < tile.length; i++) {
            int expected = i < rows * width ? i % width + 1 : 0;
            assertThat(tile[i]).isEqualTo(expected);
            assertThat(wide[i]).isEqualTo(expected);
        }
    }
}
