package elbow.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonPageTest {
    private static final ModelComparison COMPARISON = Comparisons.of("<script>alert(1)</script>", List.of());
    private static final ModelComparison OTHER_COLUMNS = Comparisons.of("x", List.of("Only A models column n."));

    @Test
    void thePageHasEveryPartAndTakesNoNameForMarkup() {
        String page = ComparisonHtml.render("Two models compared", COMPARISON);

        assertThat(page)
                .contains(
                        "Two models compared",
                        "B describes these rows better: by 1.25 nats per row on average",
                        "64 % of the rows is higher under B",
                        "of 1 % it is the same",
                        "9,997 rows with no difference",
                        "A describes them better",
                        "<img src=\"data:image/png;base64,iVBOR",
                        "alt=\"image of row 1\"",
                        "12 rows beyond the edges of the chart: 5 on the left, 7 on the right",
                        "75 %",
                        "0.8750",
                        "Flagged by A alone, the first 1 of 1,500",
                        "&lt; 0.01 %",
                        "3 rows with an ELBO that is not finite",
                        "To bear in mind",
                        "student-t")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;b&gt;8&lt;/b&gt;")
                .doesNotContain("<script", "NaN", "Infinity");
        assertThat(ComparisonHtml.render("Two models compared", COMPARISON)).isEqualTo(page);
    }

    @Test
    void elbosThatMeasureDifferentThingsAreSaidToBeNotComparable() {
        String page = ComparisonHtml.render("Two models compared", OTHER_COLUMNS);

        assertThat(page)
                .contains(
                        "The ELBOs are not comparable", "Only A models column n.", "does not say which model is better")
                .contains("A has the higher ELBO", "no side of 0 is the better one")
                .doesNotContain("describes these rows better:", "describes them better");
    }

    @Test
    void theJsonHasEveryFigure() throws Exception {
        JsonNode json = new ObjectMapper().readTree(ComparisonJson.write(OTHER_COLUMNS));

        assertThat(json.at("/rows").longValue()).isEqualTo(1_000_000);
        assertThat(json.at("/comparable").booleanValue()).isFalse();
        assertThat(json.at("/objections/0").textValue()).isEqualTo("Only A models column n.");
        assertThat(json.at("/a/elbo").doubleValue()).isEqualTo(-21.5);
        assertThat(json.at("/b/flagged").longValue()).isEqualTo(8_500);
        assertThat(json.at("/difference/elbo").doubleValue()).isEqualTo(1.25);
        assertThat(json.at("/difference/histogram/rows")).hasSize(40);
        assertThat(json.at("/difference/equal").longValue()).isEqualTo(9_997);
        assertThat(json.at("/scores/a/count").intValue()).isEqualTo(36);
        assertThat(json.at("/scores/b/width").doubleValue()).isEqualTo(60_000);
        assertThat(json.at("/scores/rows/1/1").longValue()).isEqualTo(500);
        assertThat(json.at("/scores/rows/1/0").longValue()).isZero();
        assertThat(json.at("/onlyA/0/picture").textValue()).startsWith("iVBOR");
        assertThat(json.at("/onlyB/0/picture").isNull()).isTrue();
        assertThat(json.at("/flagged/overlap").doubleValue()).isEqualTo(0.75);
        assertThat(json.at("/columns/1/b").isNull()).isTrue();
        assertThat(json.at("/columns/1/likelihoodB").isNull()).isTrue();
        assertThat(json.at("/onlyA/0/values/x").textValue()).isEqualTo("x");
        assertThat(json.at("/onlyB/0/scoreB").isNull()).isTrue();
    }
}
