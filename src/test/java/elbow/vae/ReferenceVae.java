package elbow.vae;

import elbow.vae.ReferencePosteriors.Flowed;
import elbow.vae.Tape.Scalar;
import elbow.vae.latent.Posterior;
import elbow.vae.layer.BesideSpec;
import elbow.vae.layer.ConvolutionSpec;
import elbow.vae.layer.DenseSpec;
import elbow.vae.layer.ImageOutputSpec;
import elbow.vae.layer.LayerSpec;
import elbow.vae.layer.ParameterBlock;
import elbow.vae.likelihood.LikelihoodGroup;
import elbow.vae.objective.Bound;
import elbow.vae.objective.FreeBitsScope;
import elbow.vae.objective.Objective;
import elbow.vae.prior.ConditionalGaussian;
import elbow.vae.prior.VampPrior;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The same model in double, one scalar at a time, written from the formulas and not from the kernel. Inputs are rows as
 * the likelihood sees them (after binarisation), NaN where a value is missing, and the noise itself.
 */
final class ReferenceVae {
    private static final double LOG_2_PI = Math.log(2 * Math.PI);

    private final VaeSpec spec;

    ReferenceVae(VaeSpec spec) {
        this.spec = spec;
    }

    /** Sums over rows, and the gradient of the loss. */
    record Result(double reconstruction, double kl, double bound, double loss, List<Double> gradient) {}

    /**
     * Values and the gradient of the summed loss; for the importance-weighted bound the encoder's part is the doubly
     * reparameterised estimate, unless the posterior has flows.
     *
     * @param noise by row, sample, latent
     */
    Result evaluate(double[] parameters, double[][] rows, double[][][] noise, double klWeight) {
        Result plain = differentiate(parameters, rows, noise, klWeight, Path.WHOLE);
        if (spec.objective().bound() == Bound.ELBO || ReferencePosteriors.flows(posterior())) {
            return plain;
        }
        Result encoder = differentiate(parameters, rows, noise, klWeight, Path.DOUBLY_REPARAMETERISED);
        Result prior = differentiate(parameters, rows, noise, klWeight, Path.PRIOR_ALONE);
        List<Double> gradient = new ArrayList<>();
        for (int i = 0; i < encoderLength(); i++) {
            gradient.add(encoder.gradient().get(i) + prior.gradient().get(i));
        }
        gradient.addAll(
                plain.gradient().subList(encoderLength(), plain.gradient().size()));
        return new Result(plain.reconstruction(), plain.kl(), plain.bound(), plain.loss(), gradient);
    }

    /** As {@link #evaluate}, with the derivative of the loss at fixed noise for all parameters. */
    Result evaluatePlain(double[] parameters, double[][] rows, double[][][] noise, double klWeight) {
        return differentiate(parameters, rows, noise, klWeight, Path.WHOLE);
    }

    /** Number of parameters of encoder and posterior, which come first. */
    int encoderLength() {
        return spec.layout().blocks().stream()
                .filter(block ->
                        block.name().startsWith("decoder.") || block.name().startsWith("output."))
                .mapToInt(ParameterBlock::offset)
                .min()
                .orElseThrow();
    }

    private Posterior posterior() {
        return spec.latent().posterior();
    }

    /** log p(x_j|z) of each observed variable, at given latents. */
    double[] columnLogDensities(double[] parameters, double[] row, double[] latents) {
        Tape tape = new Tape();
        Cursor cursor = new Cursor(tape.constants(parameters), encoderLength());
        List<Scalar> densities =
                decode(tape, cursor, tape.constants(row), tape.constants(latents), conditions(tape, row));
        return densities.stream().mapToDouble(density -> density.value).toArray();
    }

    private enum Path {
        WHOLE,
        DOUBLY_REPARAMETERISED,
        /** As if the encoder were there for the prior's pseudo-inputs alone. */
        PRIOR_ALONE
    }

    static final class Cursor {
        private final List<Scalar> parameters;
        private int at;

        Cursor(List<Scalar> parameters, int at) {
            this.parameters = parameters;
            this.at = at;
        }

        Scalar next() {
            return parameters.get(at++);
        }
    }

    private Result differentiate(double[] parameters, double[][] rows, double[][][] noise, double klWeight, Path path) {
        Tape tape = new Tape();
        List<Scalar> flat = tape.constants(parameters);
        Scalar loss = tape.constant(0);
        double reconstruction = 0;
        double kl = 0;
        double bound = 0;
        List<List<Scalar>> kls = new ArrayList<>();
        for (int r = 0; r < rows.length; r++) {
            RowTerms terms = row(tape, flat, rows[r], noise[r], klWeight, path);
            loss = loss.plus(terms.loss());
            reconstruction += terms.reconstruction();
            kl += terms.kl();
            bound += terms.bound();
            kls.add(terms.kls());
        }
        loss = loss.plus(klOfMinibatch(tape, kls, klWeight));
        tape.differentiate(loss);
        List<Double> gradient = flat.stream().map(Scalar::gradient).toList();
        return new Result(reconstruction, kl, bound, loss.value, gradient);
    }

    /** @param kls the KL divergence in its parts: by latent, or the only one that there is by samples */
    private record RowTerms(Scalar loss, double reconstruction, double kl, double bound, List<Scalar> kls) {}

    /** Whether the loss goes by the minibatch's mean KL divergence. */
    boolean isByMinibatch() {
        Objective objective = spec.objective();
        return objective.freeBitsScope() == FreeBitsScope.MINIBATCH
                || objective.capacity().isPresent();
    }

    Scalar klOfMinibatch(Tape tape, List<List<Scalar>> kls, double klWeight) {
        if (!isByMinibatch()) {
            return tape.constant(0);
        }
        int rows = kls.size();
        List<Scalar> means = new ArrayList<>();
        for (int i = 0; i < kls.get(0).size(); i++) {
            int part = i;
            means.add(tape.sum(kls.stream().map(row -> row.get(part)).toList()).times(1.0 / rows));
        }
        Objective objective = spec.objective();
        if (objective.capacity().isPresent()) {
            double capacity = objective.capacity().get().at(Fixture.STEP);
            Scalar excess = tape.sum(means).plus(-capacity);
            return (excess.value < 0 ? excess.times(-1) : excess).times(rows * klWeight);
        }
        return tape.sum(means.stream()
                        .map(mean -> mean.atLeast(objective.freeBits()))
                        .toList())
                .times(rows * klWeight);
    }

    private RowTerms row(Tape tape, List<Scalar> flat, double[] row, double[][] noise, double klWeight, Path path) {
        int latents = spec.latentSize();
        List<Scalar> values = tape.constants(row);
        List<Scalar> head = dense(
                tape,
                new Cursor(flat, 0),
                ReferenceInput.of(tape, spec, row),
                spec.latent().encoder(),
                posterior().encoderOutputs(latents));
        List<Scalar> conditions = conditions(tape, row);
        List<Scalar> given = givenPrior(tape, flat, conditions);
        List<Scalar> klTerms = new ArrayList<>();
        List<Scalar> freeTerms = new ArrayList<>();
        for (int i = 0; i < latents; i++) {
            Scalar mean = head.get(i).minus(given.get(i));
            Scalar logVariance = head.get(latents + i).minus(given.get(latents + i));
            Scalar term = mean.square()
                    .over(given.get(latents + i).exp())
                    .plus(logVariance.exp())
                    .minus(logVariance)
                    .plus(-1)
                    .times(0.5);
            klTerms.add(term);
            freeTerms.add(term.atLeast(spec.objective().freeBits()));
        }
        List<Scalar> reconstructions = new ArrayList<>();
        List<Scalar> logRatios = new ArrayList<>();
        List<Scalar> logWeights = new ArrayList<>();
        double[] bounds = new double[noise.length];
        for (int k = 0; k < noise.length; k++) {
            List<Scalar> drawn = new ArrayList<>();
            Scalar logRatio = tape.constant(0);
            for (int i = 0; i < latents; i++) {
                Scalar mean = head.get(i);
                Scalar logVariance = head.get(latents + i);
                Scalar draw = mean.plus(logVariance.times(0.5).exp().times(noise[k][i]));
                drawn.add(path == Path.PRIOR_ALONE ? draw.detached() : draw);
                boolean stop = path != Path.WHOLE;
                logRatio = logRatio.minus(normal(
                        drawn.get(i), stop ? mean.detached() : mean, stop ? logVariance.detached() : logVariance));
            }
            Flowed flowed = flow(tape, flat, head, drawn);
            List<Scalar> z = flowed.latents();
            logRatio = logRatio.plus(flowed.logDeterminant()).plus(prior(tape, flat, z, conditions, path));
            logRatios.add(logRatio);
            Scalar reconstruction = tape.sum(decode(tape, new Cursor(flat, encoderLength()), values, z, conditions));
            reconstructions.add(reconstruction);
            logWeights.add(reconstruction.plus(logRatio.times(klWeight)));
            bounds[k] = reconstruction.value + logRatio.value;
        }
        Scalar reconstruction = tape.sum(reconstructions).times(1.0 / noise.length);
        Scalar sampledKl = tape.sum(logRatios).times(-1.0 / noise.length);
        boolean sampled = (ReferencePriors.of(spec.prior()) != null && !(spec.prior() instanceof ConditionalGaussian))
                || spec.prior() instanceof VampPrior
                || ReferencePosteriors.flows(posterior());
        Scalar kl = sampled ? sampledKl : tape.sum(klTerms);
        Scalar freeKl = sampled ? sampledKl : tape.sum(freeTerms);
        return new RowTerms(
                loss(tape, reconstruction, freeKl, logWeights, klWeight, path),
                reconstruction.value,
                kl.value,
                Tape.logMeanExp(bounds),
                sampled ? List.of(sampledKl) : klTerms);
    }

    private Flowed flow(Tape tape, List<Scalar> flat, List<Scalar> head, List<Scalar> drawn) {
        ReferencePriors.LogPrior prior = ReferencePriors.of(spec.prior());
        int latents = drawn.size();
        int own = ReferencePosteriors.parameterCount(posterior(), latents);
        int behind = prior == null ? 0 : priorParameters(prior);
        Cursor cursor = new Cursor(flat, flat.size() - behind - own);
        return ReferencePosteriors.flow(tape, posterior(), cursor::next, head.subList(2 * latents, head.size()), drawn);
    }

    // The mean of the posteriors of pseudo-inputs, which stand last.
    private Scalar vamp(Tape tape, List<Scalar> flat, List<Scalar> z, int components) {
        int width = spec.row().encoderInputs();
        List<Scalar> terms = new ArrayList<>();
        for (int k = 0; k < components; k++) {
            int from = flat.size() - (components - k) * width;
            List<Scalar> head = dense(
                    tape,
                    new Cursor(flat, 0),
                    flat.subList(from, from + width),
                    spec.latent().encoder(),
                    2 * z.size());
            terms.add(ReferencePriors.normal(tape, z, head.subList(0, z.size()), head.subList(z.size(), 2 * z.size()))
                    .exp());
        }
        return tape.sum(terms).times(1.0 / components).log();
    }

    private int priorParameters(ReferencePriors.LogPrior prior) {
        return prior.parameterCount(spec.latentSize(), spec.row().conditionInputs());
    }

    // Means and log-variances of the Gaussian prior, which are 0 unless they go by conditions.
    private List<Scalar> givenPrior(Tape tape, List<Scalar> flat, List<Scalar> conditions) {
        if (ReferencePriors.of(spec.prior()) instanceof ReferencePriors.Conditional prior) {
            Cursor cursor = new Cursor(flat, flat.size() - priorParameters(prior));
            return prior.told(tape, cursor::next, spec.latentSize(), conditions);
        }
        return Collections.nCopies(2 * spec.latentSize(), tape.constant(0));
    }

    // What prior and decoder are given: the last columns, and the last of the inputs that tell of gaps.
    List<Scalar> conditions(Tape tape, double[] row) {
        List<Scalar> input = ReferenceInput.of(tape, spec, row);
        int modelled =
                spec.likelihoods().stream().mapToInt(LikelihoodGroup::columns).sum();
        List<Scalar> conditions = new ArrayList<>(input.subList(modelled, spec.inputSize()));
        List<Integer> missing = spec.row().missingColumns();
        for (int i = 0; i < missing.size(); i++) {
            if (missing.get(i) >= modelled) {
                conditions.add(input.get(spec.inputSize() + i));
            }
        }
        return conditions;
    }

    private Scalar prior(Tape tape, List<Scalar> flat, List<Scalar> z, List<Scalar> conditions, Path path) {
        if (spec.prior() instanceof VampPrior vamp) {
            boolean stop = path == Path.DOUBLY_REPARAMETERISED;
            List<Scalar> own = stop ? flat.stream().map(Scalar::detached).toList() : flat;
            return vamp(tape, own, z, vamp.pseudoInputs());
        }
        ReferencePriors.LogPrior prior = ReferencePriors.of(spec.prior());
        if (prior != null) {
            Cursor cursor = new Cursor(flat, flat.size() - priorParameters(prior));
            return prior.logDensity(tape, cursor::next, z, conditions);
        }
        return tape.sum(z.stream()
                .map(value -> normal(value, tape.constant(0), tape.constant(0)))
                .toList());
    }

    /** Of the derivative at fixed noise. */
    Scalar plainLoss(Tape tape, Scalar reconstruction, Scalar kl, List<Scalar> logWeights, double klWeight) {
        return loss(tape, reconstruction, kl, logWeights, klWeight, Path.WHOLE);
    }

    private Scalar loss(
            Tape tape, Scalar reconstruction, Scalar kl, List<Scalar> logWeights, double klWeight, Path path) {
        if (spec.objective().bound() == Bound.ELBO) {
            return kl.times(isByMinibatch() ? 0 : klWeight).minus(reconstruction);
        }
        double[] values =
                logWeights.stream().mapToDouble(weight -> weight.value).toArray();
        double maximum = Arrays.stream(values).max().orElseThrow();
        if (path == Path.DOUBLY_REPARAMETERISED) {
            double total = Arrays.stream(values)
                    .map(value -> Math.exp(value - maximum))
                    .sum();
            List<Scalar> terms = new ArrayList<>();
            for (Scalar logWeight : logWeights) {
                double weight = Math.exp(logWeight.value - maximum) / total;
                terms.add(logWeight.times(-(weight * (1 - klWeight) + klWeight * weight * weight)));
            }
            return tape.sum(terms);
        }
        List<Scalar> terms =
                logWeights.stream().map(w -> w.plus(-maximum).exp()).toList();
        return tape.sum(terms).times(1.0 / terms.size()).log().plus(maximum).times(-1);
    }

    List<Scalar> decode(Tape tape, Cursor cursor, List<Scalar> values, List<Scalar> z, List<Scalar> conditions) {
        int width =
                spec.likelihoods().stream().mapToInt(LikelihoodGroup::outputs).sum();
        List<Scalar> input = new ArrayList<>(z);
        input.addAll(conditions);
        List<Scalar> outputs = spec.latent().output().isPresent()
                ? layers(
                        tape,
                        cursor,
                        layers(tape, cursor, input, spec.latent().decoder()),
                        List.of(spec.latent().output().get()))
                : dense(tape, cursor, input, spec.latent().decoder(), width);
        List<Scalar> densities = new ArrayList<>();
        int column = 0;
        int output = 0;
        for (LikelihoodGroup group : spec.likelihoods()) {
            int columns = group.columns();
            List<Scalar> x = values.subList(column, column + columns);
            int own = group.outputs();
            List<Scalar> y = outputs.subList(output, output + own);
            densities.addAll(ReferenceLikelihood.densities(tape, cursor::next, group, x, y));
            column += columns;
            output += own;
        }
        return densities;
    }

    List<Scalar> dense(Tape tape, Cursor cursor, List<Scalar> input, List<LayerSpec> layers, int last) {
        return linear(tape, cursor, layers(tape, cursor, input, layers), last);
    }

    List<Scalar> layers(Tape tape, Cursor cursor, List<Scalar> input, List<LayerSpec> layers) {
        ReferenceConvolution images = new ReferenceConvolution(tape, cursor::next);
        List<Scalar> current = input;
        for (LayerSpec layer : layers) {
            if (layer instanceof DenseSpec dense) {
                current = ReferenceActivation.of(
                        tape, dense.activation(), linear(tape, cursor, current, dense.outputs()));
            } else if (layer instanceof ConvolutionSpec convolution) {
                current = ReferenceActivation.of(tape, convolution.activation(), images.of(convolution, current));
            } else if (layer instanceof BesideSpec beside) {
                current = images.of(beside, current, (first, own) -> layers(tape, cursor, first, own));
            } else {
                current = images.of((ImageOutputSpec) layer, current);
            }
        }
        return current;
    }

    static List<Scalar> linear(Tape tape, Cursor cursor, List<Scalar> input, int outputs) {
        Scalar[] sums = new Scalar[outputs];
        Arrays.fill(sums, tape.constant(0));
        for (Scalar x : input) {
            for (int j = 0; j < outputs; j++) {
                sums[j] = sums[j].plus(x.times(cursor.next()));
            }
        }
        for (int j = 0; j < outputs; j++) {
            sums[j] = sums[j].plus(cursor.next());
        }
        return Arrays.asList(sums);
    }

    static Scalar normal(Scalar x, Scalar mean, Scalar logVariance) {
        return x.minus(mean)
                .square()
                .over(logVariance.exp())
                .plus(logVariance)
                .plus(LOG_2_PI)
                .times(-0.5);
    }
}
