package elbow.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.notebook.Scatter.Guide;
import elbow.notebook.Scatter.Point;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScatterTest {
    @Test
    void higherValuesAreFartherUpAndFartherRight() {
        String drawn = drawn(List.of(new Point(0, 0, "a"), new Point(10, 20, "a")), Guide.NONE);

        List<MatchResult> circles = Pattern.compile("<circle cx=\"([0-9.]+)\" cy=\"([0-9.]+)\"")
                .matcher(drawn)
                .results()
                .toList();
        assertThat(circles).hasSize(2);
        assertThat(Double.parseDouble(circles.get(1).group(1)))
                .isGreaterThan(Double.parseDouble(circles.get(0).group(1)));
        assertThat(Double.parseDouble(circles.get(1).group(2)))
                .isLessThan(Double.parseDouble(circles.get(0).group(2)));
    }

    @Test
    void ofManyGroupsEachPointIsTheLettersOfItsOwn() {
        List<Point> points = IntStream.range(0, 10)
                .mapToObj(i -> new Point(i, i, Integer.toString(i)))
                .toList();

        String drawn = drawn(points, Guide.NONE);

        assertThat(drawn).doesNotContain("<circle").contains(">7</text></g>").contains("7 (1)");
    }

    @Test
    void groupsThatAreNumbersAreInTheirOrder() {
        String drawn = drawn(List.of(new Point(0, 0, "10"), new Point(1, 1, "9"), new Point(2, 2, "1")), Guide.NONE);

        assertThat(drawn.indexOf("1 (1)")).isLessThan(drawn.indexOf("9 (1)"));
        assertThat(drawn.indexOf("9 (1)")).isLessThan(drawn.indexOf("10 (1)"));
    }

    @Test
    void groupsAreInOneOrderWhateverTheyAreGivenIn() {
        List<String> names = List.of("2", "9", "10", "1a", "a");
        for (int turn = 0; turn < names.size(); turn++) {
            List<String> turned = new ArrayList<>(names);
            Collections.rotate(turned, turn);
            String drawn =
                    drawn(turned.stream().map(name -> new Point(0, 0, name)).toList(), Guide.NONE);

            assertThat(drawn)
                    .containsSubsequence(
                            names.stream().map(name -> ">" + name + " (1)").toList());
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0x1p53, -0x1p60, 1e300, 1e-300})
    void pointsOfEqualOrNeighbouringValuesHaveAxes(double value) {
        for (double other : new double[] {value, Math.nextUp(value)}) {
            String drawn = drawn(List.of(new Point(value, value, "a"), new Point(other, other, "a")), Guide.DIAGONAL);

            assertThat(drawn).doesNotContain("NaN").doesNotContain("Infinity");
            assertThat(drawn.split("text-anchor=\"end\"", -1).length - 1).isBetween(1, 20);
        }
    }

    @Test
    void aSinglePointIsDrawn() {
        assertThat(drawn(List.of(new Point(3, -4, "x")), Guide.DIAGONAL))
                .contains("<circle")
                .doesNotContain("NaN")
                .doesNotContain("Infinity");
    }

    @Test
    void namesOfGroupsAreNoMarkup() {
        assertThat(drawn(List.of(new Point(0, 0, "<script>"), new Point(1, 1, "b")), Guide.NONE))
                .doesNotContain("<script>")
                .contains("&lt;script&gt; (1)");
    }

    private static String drawn(List<Point> points, Guide guide) {
        return new Scatter(points).draw("Title", "across", "up", guide).markup();
    }
}
