package elbow.fit;

import elbow.data.feature.Feature;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.LeftOut;
import elbow.data.feature.RealFeature;
import elbow.data.image.ImageShape;
import elbow.data.shard.PackedRows;
import elbow.model.Calibration;
import elbow.report.HeldOutScores;
import elbow.report.ImagePanel;
import elbow.report.ReportedColumn;
import elbow.report.ScoreMeasure;
import elbow.report.TrainingReport;
import elbow.score.EncodedScores;
import elbow.score.Expectations;
import elbow.score.ScoringModel;
import elbow.train.TrainingData;
import elbow.train.TrainingOutcome;
import elbow.train.plan.TrainingPlan;
import elbow.vae.VaeSpec;
import elbow.vae.likelihood.LikelihoodGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gathers what the report of a fit shows. */
final class ReportContents {
    /** Of packed held-out rows, the first of which are drawn for. */
    private static final int GAP_BLOCKS = 4;

    private final TrainingData data;
    private final FeatureEncoder encoder;
    private final VaeSpec spec;
    private final TrainingOutcome outcome;
    private final ScoringModel model;
    private final FitLatents latents;
    private final HeldOutScores scores;
    private final int images;

    ReportContents(
            TrainingData data,
            TrainingPlan plan,
            TrainingOutcome outcome,
            EncodedScores heldOut,
            Calibration calibration,
            FitLatents latents,
            int images) {
        this.latents = latents;
        this.data = data;
        this.encoder = data.encoder();
        this.spec = plan.spec();
        this.outcome = outcome;
        this.model = ScoringModel.of(outcome.network(), plan.scoringSamples());
        this.scores = new HeldOutScores(
                heldOut.anomalyScores(),
                calibration.threshold(),
                calibration.rule().shareBelow());
        this.images = images;
    }

    TrainingReport of(String title, String modelId, Map<String, String> facts) {
        return new TrainingReport(
                        title,
                        modelId,
                        measure(spec),
                        encoder.image().isPresent()
                                ? encoder.modelledWidth()
                                : encoder.modelled().size(),
                        facts,
                        outcome.history(),
                        outcome.kept(),
                        Optional.of(scores),
                        encoder.image().map(this::panel),
                        encoder.image().isPresent() ? List.of() : columns())
                .withGaps(LatentDraws.gaps(model, data.validation().take(GAP_BLOCKS), latents));
    }

    /** What the ELBOs of a model are made of. */
    static ScoreMeasure measure(VaeSpec spec) {
        long densities = spec.likelihoods().stream()
                .filter(group -> group.likelihood().isDensity())
                .mapToInt(LikelihoodGroup::columns)
                .sum();
        return densities == 0
                ? ScoreMeasure.PROBABILITIES
                : densities == spec.row().modelledColumns() ? ScoreMeasure.DENSITIES : ScoreMeasure.MIXED;
    }

    private ImagePanel panel(ImageShape shape) {
        float[][] originals = firstRows();
        boolean conditional = !encoder.conditions().isEmpty();
        return new ImagePanel(
                shape.width(),
                shape.height(),
                shape.channels(),
                pixels(originals),
                pixels(Expectations.reconstructions(model, originals)),
                pixels(
                        conditional
                                ? Expectations.priorSamples(model, latents.mixture(), originals)
                                : Expectations.priorSamples(model, latents.mixture(), images)));
    }

    private float[][] pixels(float[][] rows) {
        return Arrays.stream(rows)
                .map(row -> Arrays.copyOf(row, encoder.modelledWidth()))
                .toArray(float[][]::new);
    }

    /** The first held-out rows, in the order of their hashes: as good as drawn by lot, and the same every time. */
    private float[][] firstRows() {
        List<float[]> first = new ArrayList<>();
        for (PackedRows block : data.validation().take(1)) {
            byte[] observed = new byte[block.columns()];
            for (int row = 0; row < block.rows() && first.size() < images; row++) {
                float[] values = new float[block.columns()];
                block.copyRows(row, 1, values);
                block.copyObservedRow(row, observed, 0);
                // Pixels are always there, conditions perhaps not.
                if (!hasGaps(observed)) {
                    first.add(values);
                }
            }
        }
        return first.toArray(float[][]::new);
    }

    private static boolean hasGaps(byte[] observed) {
        for (byte value : observed) {
            if (value == 0) {
                return true;
            }
        }
        return false;
    }

    private List<ReportedColumn> columns() {
        List<ReportedColumn> columns = new ArrayList<>();
        for (Feature feature : encoder.features()) {
            String likelihood = encoder.conditions().contains(feature)
                    ? "condition"
                    : feature.likelihood(encoder.inputTransform()).word();
            columns.add(
                    feature instanceof RealFeature real
                            ? ReportedColumn.standardised(
                                            real.column(), "real", likelihood, real.mean(), real.standardDeviation())
                                    .withCommonValues(real.commonWords())
                            : ReportedColumn.used(
                                    feature.column(), feature.type().toString(), likelihood));
        }
        for (LeftOut column : encoder.leftOut()) {
            columns.add(ReportedColumn.leftOut(column.column(), "", column.reason()));
        }
        return columns;
    }
}
