package elbow.export;

import elbow.math.Activation;
import elbow.math.LogDensities;
import elbow.vae.VaeSpec;
import elbow.vae.latent.InverseAutoregressiveFlows;
import elbow.vae.latent.LatentSpec;
import elbow.vae.latent.PlanarFlows;
import elbow.vae.latent.Posterior;
import elbow.vae.likelihood.LikelihoodGroup;
import elbow.vae.prior.LogVariance;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network in operators: the same walk through a spec as the kernel's, with the parameters as constants. Layers
 * compute in floats, densities in doubles.
 */
final class NetworkGraph {
    private static final String POSTERIOR = "posterior";

    private final VaeSpec spec;
    private final LatentSpec latent;
    private final Parameters parameters;
    private final LayerGraph layers;
    private final PriorGraph prior;
    private final int size;

    /** @param values the spec's parameters, flattened */
    NetworkGraph(VaeSpec spec, float[] values, Graph graph) {
        this.spec = spec;
        latent = spec.latentLayers().get(0);
        size = spec.latentSize();
        parameters = new Parameters(graph, spec.layout(), values);
        layers = new LayerGraph(parameters);
        prior = new PriorGraph(spec.prior(), size, parameters, this);
    }

    PriorGraph prior() {
        return prior;
    }

    /**
     * The posteriors of rows.
     *
     * @param encoded means, log-variances and what flows are given: of floats
     * @param conditions what decoder and prior know of the same rows; null without conditions
     */
    record Rows(Tensor encoded, @Nullable Tensor conditions) {}

    /** What the encoder's last layer gives. */
    Tensor encoded(Tensor encoderInput) {
        return layers.dense(POSTERIOR, Activation.IDENTITY, layers.layers("encoder", latent.encoder(), encoderInput));
    }

    /** Encodes rows. */
    Rows encode(InputGraph input) {
        Tensor seen = input.encoderInput();
        int conditions = spec.row().conditionColumns();
        int indicators = spec.row().missingConditions();
        Tensor given = null;
        if (conditions > 0) {
            given = seen.slice(1, spec.row().modelledColumns(), conditions);
            if (indicators > 0) {
                Tensor missing = seen.slice(1, spec.row().encoderInputs() - indicators, indicators);
                given = Tensor.joined(1, List.of(given, missing));
            }
        }
        return new Rows(encoded(seen), given);
    }

    /** The mean of the posterior, or what flows make of their base's: rows x latents, of floats. */
    Tensor means(Rows rows) {
        Tensor means = rows.encoded().slice(1, 0, size);
        return hasFlows()
                ? flowed(means.as(ElementType.DOUBLE), rest(rows)).latents().as(ElementType.FLOAT)
                : means;
    }

    /** The posterior's standard deviations, before flows: rows x latents, of doubles. */
    Tensor deviations(Rows rows) {
        return logVariances(rows).times(0.5).exp();
    }

    private Tensor logVariances(Rows rows) {
        return rows.encoded().slice(1, size, size).as(ElementType.DOUBLE).limited(LogVariance.LIMIT);
    }

    private Tensor rest(Rows rows) {
        return rows.encoded().slice(1, 2 * size, latent.posterior().encoderOutputs(size) - 2 * size);
    }

    private boolean hasFlows() {
        return latent.posterior() instanceof PlanarFlows || latent.posterior() instanceof InverseAutoregressiveFlows;
    }

    private FlowGraph.Flowed flowed(Tensor latents, Tensor rest) {
        FlowGraph flows = new FlowGraph(parameters, size);
        Posterior posterior = latent.posterior();
        return posterior instanceof PlanarFlows planar
                ? flows.planar(planar, latents, rest)
                : flows.autoregressive(POSTERIOR, (InverseAutoregressiveFlows) posterior, latents, rest);
    }

    /**
     * KL(q(z|x) || p(z)) of each row in nats, of doubles.
     *
     * @param noise standard normal draws, rows x any number x latents of floats, over which log q(z|x) - log p(z) is
     *     averaged; null where there is a closed form
     */
    Tensor kl(Rows rows, @Nullable Tensor noise) {
        if (noise == null) {
            return prior.kl(
                    rows.encoded().slice(1, 0, size).as(ElementType.DOUBLE), logVariances(rows), rows.conditions());
        }
        Tensor eps = noise.as(ElementType.DOUBLE);
        Tensor logVariances = logVariances(rows).withAxis(1);
        Tensor means = rows.encoded().slice(1, 0, size).as(ElementType.DOUBLE).withAxis(1);
        Tensor draws = logVariances.times(0.5).exp().times(eps).plus(means);
        Tensor z = draws.shaped(-1, size);
        Tensor logRatios = eps.square()
                .plus(logVariances)
                .plus(LogDensities.LOG_2_PI)
                .times(0.5)
                .sum(2)
                .shaped(-1);
        if (hasFlows()) {
            FlowGraph.Flowed flowed = flowed(z, repeated(rest(rows), noise));
            z = flowed.latents();
            logRatios = logRatios.plus(flowed.logDeterminants());
        }
        Tensor given = rows.conditions();
        Tensor conditions = given == null ? null : repeated(given, noise);
        Tensor summed = logRatios.plus(prior.logDensities(z, conditions));
        Tensor byRow = summed.graph()
                .node(
                        "Reshape",
                        ElementType.DOUBLE,
                        summed,
                        summed.graph().node("Shape", ElementType.LONG, noise).slice(0, 0, 2));
        return byRow.mean(1).negated();
    }

    // Each row as often as there are draws of it.
    private static Tensor repeated(Tensor rows, Tensor noise) {
        Graph graph = rows.graph();
        Tensor draws = graph.node("Shape", ElementType.LONG, noise).slice(0, 1, 1);
        Tensor repeats = Tensor.joined(0, List.of(graph.list(1), draws, graph.list(1)));
        Tensor tiled = graph.node("Tile", rows.type(), rows.withAxis(1), repeats);
        Tensor width = graph.node("Shape", ElementType.LONG, rows).slice(0, 1, 1);
        return graph.node("Reshape", rows.type(), tiled, Tensor.joined(0, List.of(graph.list(-1), width)));
    }

    /** What the decoder makes of latents, rows x latents of floats: its outputs. */
    Tensor decode(Tensor latents, @Nullable Tensor conditions) {
        Tensor input = conditions == null ? latents : Tensor.joined(1, List.of(latents, conditions));
        Tensor last = layers.layers("decoder", latent.decoder(), input);
        return latent.output()
                .map(output -> layers.layer("output", output, last))
                .orElseGet(() -> layers.dense("output", Activation.IDENTITY, last));
    }

    /** The expected value of each modelled column: rows x columns, of floats. */
    Tensor expected(Tensor decoderOutput) {
        return Tensor.joined(
                1,
                likelihoods(decoderOutput).stream().map(LikelihoodGraph::means).toList());
    }

    /** log p(x|z) of each row's observed variables in nats, of doubles. */
    Tensor reconstruction(InputGraph input, Tensor decoderOutput) {
        List<Tensor> parts = new ArrayList<>();
        List<LikelihoodGraph> likelihoods = likelihoods(decoderOutput);
        int column = 0;
        for (int i = 0; i < likelihoods.size(); i++) {
            LikelihoodGroup group = spec.likelihoods().get(i);
            Tensor values = input.values().slice(1, column, group.columns());
            long[] first = new long[group.variables()];
            for (int variable = 0; variable < first.length; variable++) {
                first[variable] = column + (long) variable * group.likelihood().columnsPerVariable();
            }
            Tensor present = input.present().taken(1, first).as(ElementType.DOUBLE);
            parts.add(likelihoods.get(i).logDensities(values).times(present));
            column += group.columns();
        }
        return Tensor.joined(1, parts).sum(1);
    }

    private List<LikelihoodGraph> likelihoods(Tensor decoderOutput) {
        List<LikelihoodGraph> found = new ArrayList<>();
        int output = 0;
        for (LikelihoodGroup group : spec.likelihoods()) {
            found.add(new LikelihoodGraph(
                    group, found.size(), parameters, decoderOutput.slice(1, output, group.outputs())));
            output += group.outputs();
        }
        return found;
    }
}
