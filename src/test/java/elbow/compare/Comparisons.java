package elbow.compare;

import elbow.compare.ModelComparison.Changed;
import elbow.compare.ModelComparison.ColumnDifference;
import elbow.compare.ModelComparison.Difference;
import elbow.compare.ModelComparison.FlagCounts;
import elbow.compare.ModelComparison.Histogram;
import elbow.compare.ModelComparison.Mean;
import elbow.compare.ModelComparison.ScoreGrid;
import elbow.compare.ModelComparison.Side;
import elbow.data.image.ImageShape;
import elbow.data.image.PngImages;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Comparisons for the tests of pages, made up. */
public final class Comparisons {
    // A PNG file of one grey pixel.
    private static final String PICTURE =
            Base64.getEncoder().encodeToString(PngImages.file(new byte[] {(byte) 128}, new ImageShape(1, 1, 1)));

    private Comparisons() {}

    /** One with a column and a model of that name, and an objection if there is one. */
    public static ModelComparison of(String name, List<String> objections) {
        List<Long> grid = new ArrayList<>();
        for (int i = 0; i < 36 * 36; i++) {
            grid.add((long) (i % 36 == i / 36 ? 1000 / (1 + i % 36) : i % 37 == 0 ? 1 : 0));
        }
        List<Long> bars = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            bars.add((long) (40_000 * Math.exp(-0.02 * (i - 22) * (i - 22))));
        }
        Mean none = new Mean(Double.NaN, Double.NaN);
        return new ModelComparison(
                side("/models/" + name, -21.5),
                side("/models/tuned/" + name, -20.25),
                1_000_000,
                3,
                new Comparability(
                        Map.of(name, "gaussian", "n", "poisson"),
                        Map.of(name, "student-t"),
                        List.of(),
                        objections,
                        List.of("A is scored with 4 samples.")),
                new Difference(
                        new Mean(1.25, 0.015625),
                        640_000,
                        350_000,
                        9_997,
                        new Histogram(new Bins(-2, 0.2, 40), bars, 5, 7)),
                new Mean(-0.5, 0.01),
                0.875,
                new FlagCounts(7_500, 1_500, 1_000, 990_000),
                new ScoreGrid(new Bins(-20, 1.5, 36), new Bins(-1_000_000, 60_000, 36), grid),
                List.of(
                        new ColumnDifference(name, "gaussian", "student-t", -12.5, -10, new Mean(2.5, 0.25)),
                        new ColumnDifference("n", "poisson", "", -1.5, Double.NaN, none)),
                List.of("id", name),
                List.of(new Changed(List.of("7".repeat(90), name), 41.25, 3, 0.0003, 0.25, PICTURE)),
                List.of(new Changed(List.of("<b>8</b>", ""), 1, Double.POSITIVE_INFINITY, 0.5, 0.00001, "")));
    }

    private static Side side(String name, double elbo) {
        return new Side(
                name, "0123456789ab", "21-64-8-64-21", 12_345, Instant.EPOCH, 4, 7.5, new Mean(elbo, 0.0625), 3.5);
    }
}
