package elbow.export;

import elbow.data.feature.Feature;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.ImageFeature;
import elbow.data.image.ImageShape;
import elbow.density.LatentMixture;
import elbow.export.EncodingGraph.Bends;
import elbow.score.AnomalyScoring;
import elbow.score.AnomalyScoring.Scale;
import elbow.score.ScoreColumns;
import elbow.vae.VaeSpec;
import elbow.vae.input.InputTransform;
import elbow.vae.likelihood.Bernoulli;
import elbow.vae.likelihood.LikelihoodGroup;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts the graphs of a model together: columns, network, columns. */
final class ModelGraphs {
    /** The posterior's mean, and what is decoded: rows x latents. */
    static final String LATENT = "latent";

    /** The posterior's standard deviations. */
    static final String DEVIATION = "latent_deviation";

    /** Standard normal draws. */
    static final String NOISE = "noise";

    /** Numbers in [0, 1) that binarise values. */
    static final String UNIFORM = "uniform";

    /** Numbers in [0, 1) that choose a component of the prior. */
    static final String COMPONENT = "component";

    private final FeatureEncoder encoder;
    private final VaeSpec spec;
    private final float[] parameters;
    private final AnomalyScoring scoring;
    private final Optional<LatentMixture> latents;

    /**
     * @param spec whose rows are the encoder's
     * @param parameters flattened
     * @param latents what latents are drawn from in the prior's place; empty: nothing
     */
    ModelGraphs(
            FeatureEncoder encoder,
            VaeSpec spec,
            float[] parameters,
            AnomalyScoring scoring,
            Optional<LatentMixture> latents) {
        this.latents = latents;
        this.encoder = encoder;
        this.spec = spec;
        this.parameters = parameters;
        this.scoring = scoring;
    }

    /** The graph of that kind. */
    Graph of(GraphKind kind) {
        Graph graph = new Graph(kind.word());
        graph.reserve(encoder.features().stream().map(Feature::column).toList());
        NetworkGraph network = new NetworkGraph(spec, parameters, graph);
        switch (kind) {
            case ENCODER -> encode(graph, network);
            case DECODER -> {
                Tensor latents = graph.input(TensorShape.of(LATENT, ElementType.FLOAT, spec.latentSize()));
                decode(graph, network, new Given(graph), latents);
            }
            case GENERATOR -> generate(graph, network);
            case SCORE -> score(graph, network);
        }
        return graph;
    }

    private void encode(Graph graph, NetworkGraph network) {
        Encoded encoded = new Encoded(graph, network);
        TensorShape mean = TensorShape.of(LATENT, ElementType.FLOAT, spec.latentSize());
        TensorShape deviation = TensorShape.of(DEVIATION, ElementType.FLOAT, spec.latentSize());
        Tensor refusal = encoded.columns.refusal();
        graph.output(mean, network.means(encoded.rows).plus(refusal));
        graph.output(
                deviation,
                network.deviations(encoded.rows).as(ElementType.FLOAT).plus(refusal));
    }

    private void generate(Graph graph, NetworkGraph network) {
        latents.ifPresent(network.prior()::drawFrom);
        Tensor noise = graph.input(TensorShape.of(NOISE, ElementType.FLOAT, spec.latentSize()));
        Tensor component =
                network.prior().isMixture() ? graph.input(TensorShape.of(COMPONENT, ElementType.DOUBLE)) : null;
        Given given = new Given(graph);
        decode(graph, network, given, network.prior().draw(noise, component, given.conditions));
    }

    private void decode(Graph graph, NetworkGraph network, Given given, Tensor latents) {
        Tensor expected = network.expected(network.decode(latents, given.conditions));
        new DecodingGraph(graph)
                .add(encoder.modelled(), given.refusal == null ? expected : expected.plus(given.refusal));
    }

    private void score(Graph graph, NetworkGraph network) {
        Encoded encoded = new Encoded(graph, network);
        Tensor noise = spec.hasClosedKl()
                ? null
                : graph.input(TensorShape.of(NOISE, ElementType.FLOAT, TensorShape.ANY, spec.latentSize()));
        Tensor outputs = network.decode(network.means(encoded.rows), encoded.rows.conditions());
        Tensor refusal = encoded.columns.refusal().as(ElementType.DOUBLE).withoutAxis(1);
        Tensor ofEncoded = network.reconstruction(encoded.input, outputs).plus(refusal);
        Optional<Tensor> logJacobian = encoded.columns.logJacobian(encoder.modelled());
        Tensor reconstruction = logJacobian.map(ofEncoded::plus).orElse(ofEncoded);
        Tensor kl = network.kl(encoded.rows, noise).plus(refusal);
        Tensor elbo = reconstruction.minus(kl);
        graph.output(TensorShape.of(ScoreColumns.ELBO, ElementType.DOUBLE), elbo);
        graph.output(TensorShape.of(ScoreColumns.RECONSTRUCTION, ElementType.DOUBLE), reconstruction);
        graph.output(TensorShape.of(ScoreColumns.KL, ElementType.DOUBLE), kl);
        Tensor ofScale = scoring.scale() == Scale.ENCODED ? ofEncoded.minus(kl) : elbo;
        graph.output(
                TensorShape.of(ScoreColumns.ANOMALY_SCORE, ElementType.DOUBLE),
                anomalyScore(encoded, ofScale.negated()));
    }

    // As AnomalyScoring has it.
    private Tensor anomalyScore(Encoded encoded, Tensor negativeElbo) {
        Bends bends = scoring.scale() == Scale.ENCODED ? Bends.LOGARITHMS : Bends.ALL;
        Optional<Tensor> stretching =
                scoring.scale() == Scale.OWN ? Optional.empty() : encoded.columns.stretching(encoder.modelled(), bends);
        Tensor straight = stretching.map(negativeElbo::plus).orElse(negativeElbo);
        Tensor score = scoring.tails()
                .flatMap(tails -> encoded.columns.tails(encoder.modelled(), tails))
                .map(straight::plus)
                .orElse(straight);
        score = scoring.nearest()
                .flatMap(nearest -> encoded.columns.distances(encoder.modelled(), nearest))
                .map(score::plus)
                .orElse(score);
        int column = 0;
        for (Feature feature : encoder.features()) {
            if (scoring.textures().contains(column) && feature instanceof ImageFeature image) {
                score = score.minus(TextureGraph.codeLength(image, encoded.values.slice(1, column, image.width())));
            }
            column += feature.width();
        }
        return score;
    }

    /** Whole rows, encoded. */
    private final class Encoded {
        private final EncodingGraph columns;
        private final Tensor values;
        private final InputGraph input;
        private final NetworkGraph.Rows rows;

        Encoded(Graph graph, NetworkGraph network) {
            columns = new EncodingGraph(encoder, encoder.features(), graph);
            values = columns.values();
            input = InputGraph.of(
                    spec.row(),
                    values,
                    columns.present(),
                    spec.row().transform() == InputTransform.SAMPLE ? uniform(graph) : null);
            rows = network.encode(input);
        }

        // For pixels the user's; other Bernoulli columns, behind them, are 0 or 1, and stay so by any.
        private Tensor uniform(Graph graph) {
            int pixels = encoder.images().stream().mapToInt(ImageShape::size).sum();
            int all = spec.likelihoods().stream()
                    .filter(group -> group.likelihood() instanceof Bernoulli)
                    .mapToInt(LikelihoodGroup::columns)
                    .sum();
            Tensor given = graph.input(TensorShape.of(UNIFORM, ElementType.FLOAT, pixels));
            return all == pixels
                    ? given
                    : Tensor.joined(
                            1,
                            List.of(
                                    given,
                                    values.slice(1, pixels, all - pixels)
                                            .times(0)
                                            .plus(0.5)));
        }
    }

    /** Conditions, encoded; of a model without any there are none. */
    private final class Given {
        private final @Nullable Tensor conditions;
        private final @Nullable Tensor refusal;

        Given(Graph graph) {
            List<Feature> given = encoder.conditions();
            if (given.isEmpty()) {
                conditions = null;
                refusal = null;
            } else {
                EncodingGraph columns = new EncodingGraph(encoder, given, graph);
                conditions = InputGraph.ofConditions(spec.row(), columns.values(), columns.present());
                refusal = columns.refusal();
            }
        }
    }
}
