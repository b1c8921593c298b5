package elbow.report;

import elbow.model.HistoryEntry;
import elbow.model.LatentUse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Reports for the tests: one of each kind, with made-up but plausible contents. */
final class Reports {
    private Reports() {}

    static TrainingReport ofImages(ImagePanel panel) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Rows", "55,000");
        facts.put("Network", "784-512-20-512-784");
        return new TrainingReport(
                "VAE of digits",
                "3fa94b01c2de",
                ScoreMeasure.PROBABILITIES,
                784,
                facts,
                history(-543.4, -140, -120, -110, -105, -102.4),
                5,
                Optional.of(new HeldOutScores(scores(2000, 7), 170, 0.99)),
                Optional.of(panel),
                List.of());
    }

    static TrainingReport ofColumns(List<ReportedColumn> columns) {
        return new TrainingReport(
                "VAE of a table",
                "9b1c7721aa03",
                ScoreMeasure.MIXED,
                21,
                Map.of(),
                history(-31, -20, -18),
                1,
                Optional.empty(),
                Optional.empty(),
                columns);
    }

    static TrainingReport ofScores(HeldOutScores scores) {
        return new TrainingReport(
                "Scores",
                "9b1c7721aa03",
                ScoreMeasure.DENSITIES,
                3,
                Map.of(),
                history(-5, 2),
                1,
                Optional.of(scores),
                Optional.empty(),
                List.of());
    }

    static TrainingReport ofHistory(List<HistoryEntry> history) {
        return new TrainingReport(
                "History",
                "9b1c7721aa03",
                ScoreMeasure.DENSITIES,
                3,
                Map.of(),
                history,
                history.size() - 1,
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /** A history with these ELBOs, epoch by epoch. */
    static List<HistoryEntry> history(double... elbos) {
        List<HistoryEntry> history = new ArrayList<>();
        for (int i = 0; i < elbos.length; i++) {
            history.add(entry(i, elbos[i]));
        }
        return history;
    }

    static HistoryEntry entry(int epoch, double elbo) {
        double kl = Math.min(24, 6.0 * epoch);
        return new HistoryEntry(
                epoch, 20 * epoch, 430L * epoch, 55_000L * epoch, 6.5 * epoch, elbo, elbo + kl, kl, elbo + 1, 20, 9000);
    }

    /** The last of a history, with that use of its latents. */
    static HistoryEntry withLatents(LatentUse latents) {
        return new HistoryEntry(1, 20, 430, 55_000, 6.5, -20, -18, 2, -19, latents.activeUnits(), 9000, latents);
    }

    /** Skewed scores around 110. */
    static double[] scores(int count, long seed) {
        Random random = new Random(seed);
        return random.doubles(count).map(u -> 90 - 20 * Math.log1p(-u)).toArray();
    }

    static ImagePanel panel(int channels, int originals, int samples) {
        return new ImagePanel(
                4,
                3,
                channels,
                images(originals, channels, 1),
                images(originals, channels, 2),
                images(samples, channels, 3));
    }

    private static float[][] images(int count, int channels, long seed) {
        Random random = new Random(seed);
        float[][] images = new float[count][4 * 3 * channels];
        for (float[] image : images) {
            for (int i = 0; i < image.length; i++) {
                image[i] = random.nextInt(256) / 255f;
            }
        }
        return images;
    }
}
