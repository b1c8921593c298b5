package elbow.data.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UsualValuesTest {
    private static final List<String> EDGES = List.of("1", "2", "3");

    private static ColumnCounts counted(long... counts) {
        double[] edges = new double[counts.length - 1];
        for (int i = 0; i < edges.length; i++) {
            edges[i] = i + 1;
        }
        return new ColumnCounts("a", edges, counts, 50);
    }

    @Test
    void aRangeLeavesOutAtMostASmallShareOnEitherSide() {
        assertThat(UsualValues.range(counted(10, 40, 40, 10), EDGES)).isEqualTo("1 to 3");
        assertThat(UsualValues.range(counted(5, 10, 70, 15), EDGES)).isEqualTo("2 to 3");
        assertThat(UsualValues.range(counted(40, 40, 10, 4), EDGES)).isEqualTo("at most 2");
        assertThat(UsualValues.range(counted(0, 0, 10, 90), EDGES)).isEqualTo("above 3");
        assertThat(UsualValues.range(counted(96, 4), List.of("1"))).isEqualTo("at most 1");
    }

    @Test
    void nothingIsSaidOfARangeThatWouldBeAll() {
        assertThat(UsualValues.range(counted(25, 25, 25, 25), EDGES)).isEmpty();
        assertThat(UsualValues.range(counted(7), List.of())).isEmpty();
    }

    @Test
    void categoriesAreTheFewThatMostRowsHave() {
        List<String> names = List.of("red", "green", "blue", "black");

        assertThat(UsualValues.categories(counted(2, 90, 3, 5), names)).isEqualTo("green");
        assertThat(UsualValues.categories(counted(50, 0, 40, 10), names)).isEqualTo("red or blue");
        assertThat(UsualValues.categories(counted(30, 5, 40, 25), names)).isEqualTo("blue or red");
        assertThat(UsualValues.categories(counted(30, 27, 26, 17), names)).isEqualTo("red, green or blue");
        assertThat(UsualValues.categories(counted(1, 1, 1, 1, 1, 1), List.of("a", "b", "c", "d", "e", "f")))
                .isEmpty();
    }
}
