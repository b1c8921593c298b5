package elbow.export;

import elbow.data.feature.CategoricalFeature;
import elbow.data.feature.Feature;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.FeatureLayout;
import elbow.data.feature.OrdinalFeature;
import elbow.data.feature.TimeFeature;
import elbow.data.reference.KeptColumn;
import elbow.data.reference.MarginalTails;
import elbow.data.reference.MarginalTails.Tail;
import elbow.data.reference.NearestRows;
import elbow.data.reference.NearestRows.Kind;
import elbow.dl4j.VaeNetworks;
import elbow.model.TrainedModel;
import elbow.score.SmallModels;
import elbow.vae.VaeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.learning.config.Sgd;

/** Small models with random parameters. */
final class ExportedModels {
    /** Latents of the layer that the data hang on. */
    static final int LATENTS = 2;

    private ExportedModels() {}

    /**
     * A model of an encoder's columns.
     *
     * @param settings what the network has beside the encoder's likelihoods
     * @param formula of anomaly scores
     * @param version of anomaly scores
     */
    static TrainedModel of(
            FeatureEncoder encoder, UnaryOperator<VaeSpec.Builder> settings, String formula, int version) {
        VaeSpec.Builder builder = VaeSpec.builder(encoder.width(), LATENTS)
                .encoder(8)
                .decoder(7)
                .likelihoods(encoder.likelihoods())
                .conditions(encoder.conditionGroups())
                .inputTransform(encoder.inputTransform())
                .missingColumns(encoder.missingColumns());
        MultiLayerNetwork network =
                VaeNetworks.create(settings.apply(builder).build(), 0, new Sgd(0.1), 7, encoder.columnMeans());
        float[] parameters = VaeNetworks.parametersOf(network);
        Random random = new Random(3);
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] += (float) (0.2 * random.nextGaussian());
        }
        VaeNetworks.setState(network, parameters, null, null, 0);
        return SmallModels.trained(
                encoder, network, version, Map.of("scoring.anomaly-score", formula), Optional.empty());
    }

    /** The same model, whose anomaly scores count how far out values lie. */
    static TrainedModel withTails(TrainedModel model) {
        List<Tail> tails = new ArrayList<>();
        for (Feature feature : model.encoder().modelled()) {
            float[] nats = new float[feature.width() == 1 ? 4 : feature.width()];
            for (int i = 0; i < nats.length; i++) {
                nats[i] = (i * 5) % 7 / 2f;
            }
            tails.add(
                    feature instanceof TimeFeature
                            ? new Tail(feature.column(), new float[0], new float[0], 4)
                            : new Tail(
                                    feature.column(),
                                    feature.width() == 1 ? new float[] {-0.75f, 0, 0.3f, 1.25f} : new float[0],
                                    nats,
                                    4));
        }
        return new TrainedModel(
                model.manifest(),
                model.encoder(),
                model.network(),
                model.calibration(),
                model.recalibration(),
                Optional.of(new MarginalTails(0.25, tails, model.encoder().layout())),
                model.history());
    }

    /** The same model, whose anomaly scores count the distance to rows that it keeps. */
    static TrainedModel withDistances(TrainedModel model) {
        Random random = new Random(5);
        int rows = 20;
        float[] nearness = new float[rows];
        for (int row = 0; row < rows; row++) {
            nearness[row] = 0.5f + random.nextFloat();
        }
        List<KeptColumn> columns = new ArrayList<>();
        for (Feature feature : model.encoder().modelled()) {
            Kind kind = feature instanceof TimeFeature
                    ? Kind.NONE
                    : feature instanceof CategoricalFeature
                            ? Kind.CATEGORY
                            : feature instanceof OrdinalFeature ? Kind.LEVEL : Kind.NUMBER;
            float[] values = new float[kind == Kind.NONE ? 0 : rows];
            for (int row = 0; row < values.length; row++) {
                boolean isGap = feature.hasGaps() && random.nextInt(4) == 0;
                float value = kind == Kind.NUMBER ? (float) random.nextGaussian() : random.nextInt(feature.width() - 1);
                values[row] = isGap ? Float.NaN : value;
            }
            columns.add(new KeptColumn(feature.column(), kind, kind == Kind.LEVEL ? 1 : 0, 1.5f, values));
        }
        FeatureLayout layout = model.encoder().layout();
        return new TrainedModel(
                model.manifest(),
                model.encoder(),
                model.network(),
                model.calibration(),
                model.recalibration(),
                model.tails(),
                Optional.of(new NearestRows(0.5, 4, 0.2, nearness, columns, layout)),
                model.history(),
                Optional.empty());
    }
}
