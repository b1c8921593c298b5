package elbow.vae;

import elbow.math.noise.KeyedNoise;
import elbow.vae.ReferencePosteriors.Flowed;
import elbow.vae.ReferenceVae.Cursor;
import elbow.vae.Tape.Scalar;
import elbow.vae.latent.Hierarchy;
import elbow.vae.latent.LatentSpec;
import elbow.vae.layer.ParameterBlock;
import elbow.vae.prior.ConditionalGaussian;
import elbow.vae.prior.StandardNormal;
import elbow.vae.prior.VampPrior;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** As {@link ReferenceVae}, of several layers of latents: in double, from the formulas, with the noise itself. */
final class ReferenceHierarchy {
    private final VaeSpec spec;
    private final ReferenceVae vae;
    private final List<LatentSpec> layers;
    private final boolean ladder;
    private final int topmost;

    ReferenceHierarchy(VaeSpec spec) {
        this.spec = spec;
        vae = new ReferenceVae(spec);
        layers = spec.latentLayers();
        ladder = spec.hierarchy() == Hierarchy.LADDER;
        topmost = layers.size() - 1;
    }

    /** The noise of each layer, row, sample and latent, as the generator gives it. */
    double[][][][] noise(long key, long[] rowKeys, int samples) {
        double[][][][] noise = new double[layers.size()][rowKeys.length][samples][];
        for (int layer = 0; layer <= topmost; layer++) {
            int size = layers.get(layer).size();
            int[] bits = new int[size + 3];
            float[] normal = new float[size];
            for (int row = 0; row < rowKeys.length; row++) {
                for (int k = 0; k < samples; k++) {
                    if (ladder && layer == topmost) {
                        KeyedNoise.bits(key, rowKeys[row], k, size, bits);
                    } else {
                        KeyedNoise.bits(key, KeyedNoise.key(rowKeys[row], k, layer), 0, size, bits);
                    }
                    KeyedNoise.normal(bits, size, normal);
                    noise[layer][row][k] = Fixture.wide(normal);
                }
            }
        }
        return noise;
    }

    /** Sums over rows and the gradient of the summed loss: the derivative at fixed noise, whatever the bound. */
    ReferenceVae.Result evaluate(double[] parameters, double[][] rows, double[][][][] noise, double klWeight) {
        Tape tape = new Tape();
        List<Scalar> flat = tape.constants(parameters);
        Scalar loss = tape.constant(0);
        double reconstruction = 0;
        double kl = 0;
        double bound = 0;
        List<List<Scalar>> kls = new ArrayList<>();
        for (int row = 0; row < rows.length; row++) {
            double[][][] own = new double[layers.size()][][];
            for (int layer = 0; layer <= topmost; layer++) {
                own[layer] = noise[layer][row];
            }
            RowTerms terms = row(tape, flat, rows[row], own, klWeight);
            loss = loss.plus(terms.loss());
            reconstruction += terms.reconstruction();
            kl += terms.kl();
            bound += terms.bound();
            kls.add(terms.kls());
        }
        loss = loss.plus(vae.klOfMinibatch(tape, kls, klWeight));
        tape.differentiate(loss);
        return new ReferenceVae.Result(
                reconstruction,
                kl,
                bound,
                loss.value,
                flat.stream().map(Scalar::gradient).toList());
    }

    private record RowTerms(Scalar loss, double reconstruction, double kl, double bound, List<Scalar> kls) {}

    private record Gaussian(List<Scalar> means, List<Scalar> logVariances) {
        static Gaussian of(List<Scalar> head, int size) {
            return new Gaussian(head.subList(0, size), head.subList(size, 2 * size));
        }

        List<Scalar> draw(double[] noise) {
            List<Scalar> z = new ArrayList<>();
            for (int i = 0; i < means.size(); i++) {
                z.add(means.get(i).plus(logVariances.get(i).times(0.5).exp().times(noise[i])));
            }
            return z;
        }

        Scalar logDensity(Tape tape, List<Scalar> z) {
            return ReferencePriors.normal(tape, z, means, logVariances);
        }

        List<Scalar> kl(Gaussian prior) {
            List<Scalar> terms = new ArrayList<>();
            for (int i = 0; i < means.size(); i++) {
                Scalar difference = means.get(i).minus(prior.means.get(i));
                Scalar logVariance = logVariances.get(i).minus(prior.logVariances.get(i));
                terms.add(difference
                        .square()
                        .over(prior.logVariances.get(i).exp())
                        .plus(logVariance.exp())
                        .minus(logVariance)
                        .plus(-1)
                        .times(0.5));
            }
            return terms;
        }

        // Normalized product of two densities: precisions add up.
        Gaussian times(Gaussian other, Tape tape) {
            List<Scalar> products = new ArrayList<>();
            List<Scalar> logs = new ArrayList<>();
            for (int i = 0; i < means.size(); i++) {
                Scalar own = tape.constant(1).over(logVariances.get(i).exp());
                Scalar others = tape.constant(1).over(other.logVariances.get(i).exp());
                Scalar sum = own.plus(others);
                products.add(means.get(i)
                        .times(own)
                        .plus(other.means.get(i).times(others))
                        .over(sum));
                logs.add(sum.log().times(-1));
            }
            return new Gaussian(products, logs);
        }
    }

    private Cursor at(List<Scalar> flat, String prefix) {
        return new Cursor(
                flat,
                spec.layout().blocks().stream()
                        .filter(block -> block.name().startsWith(prefix))
                        .mapToInt(ParameterBlock::offset)
                        .min()
                        .orElse(flat.size()));
    }

    // What a ladder's encoder says of each layer.
    private List<List<Scalar>> heads(Tape tape, List<Scalar> flat, List<Scalar> input) {
        List<List<Scalar>> heads = new ArrayList<>();
        List<Scalar> current = input;
        for (int layer = 0; layer <= topmost; layer++) {
            LatentSpec own = layers.get(layer);
            Cursor cursor = layer == 0 ? at(flat, "encoder.0.") : at(flat, "latents." + (layer + 1) + ".encoder.");
            current = vae.layers(tape, cursor, current, own.encoder());
            heads.add(ReferenceVae.linear(tape, cursor, current, own.posterior().encoderOutputs(own.size())));
        }
        return heads;
    }

    private List<Scalar> head(Tape tape, List<Scalar> flat, int layer, List<Scalar> below) {
        LatentSpec own = layers.get(layer);
        Cursor cursor = layer == 0 ? new Cursor(flat, 0) : at(flat, "latents." + (layer + 1) + ".encoder.");
        return vae.dense(tape, cursor, below, own.encoder(), own.posterior().encoderOutputs(own.size()));
    }

    private Gaussian prior(Tape tape, List<Scalar> flat, int layer, List<Scalar> above) {
        int size = layers.get(layer).size();
        Cursor cursor = at(flat, "latents." + (layer + 2) + ".decoder.");
        return Gaussian.of(vae.dense(tape, cursor, above, layers.get(layer + 1).decoder(), 2 * size), size);
    }

    private Scalar topPrior(Tape tape, List<Scalar> flat, List<Scalar> z, List<Scalar> conditions) {
        if (spec.prior() instanceof VampPrior vamp) {
            Cursor cursor = at(flat, "prior.pseudoInputs");
            List<Scalar> terms = new ArrayList<>();
            for (int k = 0; k < vamp.pseudoInputs(); k++) {
                List<Scalar> row = new ArrayList<>();
                for (int i = 0; i < spec.row().encoderInputs(); i++) {
                    row.add(cursor.next());
                }
                List<Scalar> head = heads(tape, flat, row).get(topmost);
                terms.add(Gaussian.of(head, z.size()).logDensity(tape, z).exp());
            }
            return tape.sum(terms).times(1.0 / vamp.pseudoInputs()).log();
        }
        ReferencePriors.LogPrior prior = ReferencePriors.of(spec.prior());
        if (prior != null) {
            return prior.logDensity(tape, at(flat, "prior.")::next, z, conditions);
        }
        return standard(tape).logDensity(tape, z);
    }

    private Gaussian standard(Tape tape) {
        List<Scalar> zeros = Collections.nCopies(layers.get(topmost).size(), tape.constant(0));
        return new Gaussian(zeros, zeros);
    }

    private Gaussian gaussianPrior(Tape tape, List<Scalar> flat, List<Scalar> conditions) {
        if (ReferencePriors.of(spec.prior()) instanceof ReferencePriors.Conditional prior) {
            int size = layers.get(topmost).size();
            return Gaussian.of(prior.told(tape, at(flat, "prior.")::next, size, conditions), size);
        }
        return standard(tape);
    }

    private boolean topIsClosed() {
        return (spec.prior() instanceof StandardNormal || spec.prior() instanceof ConditionalGaussian)
                && !ReferencePosteriors.flows(layers.get(topmost).posterior());
    }

    // Of one draw: latents of the lowest layer, log p - log q of all, the KL divergence by latent or in one.
    private record Draw(List<Scalar> lowest, Scalar logRatio, List<Scalar> kls) {}

    private record Top(List<Scalar> z, Scalar logRatio, List<Scalar> kls) {}

    private Top top(Tape tape, List<Scalar> flat, List<Scalar> head, double[] noise, List<Scalar> conditions) {
        LatentSpec own = layers.get(topmost);
        Gaussian base = Gaussian.of(head, own.size());
        List<Scalar> drawn = base.draw(noise);
        Flowed flowed = ReferencePosteriors.flow(
                tape,
                own.posterior(),
                at(flat, "latents." + (topmost + 1) + ".posterior.")::next,
                head.subList(2 * own.size(), head.size()),
                drawn);
        Scalar logRatio = topPrior(tape, flat, flowed.latents(), conditions)
                .plus(flowed.logDeterminant())
                .minus(base.logDensity(tape, drawn));
        List<Scalar> kls = topIsClosed() ? base.kl(gaussianPrior(tape, flat, conditions)) : List.of(logRatio.times(-1));
        return new Top(flowed.latents(), logRatio, kls);
    }

    private Draw bottomUp(Tape tape, List<Scalar> flat, List<Scalar> input, double[][] noise, List<Scalar> conditions) {
        List<List<Scalar>> z = new ArrayList<>();
        List<Scalar> below = input;
        Scalar logRatio = tape.constant(0);
        for (int layer = 0; layer < topmost; layer++) {
            Gaussian posterior = Gaussian.of(
                    head(tape, flat, layer, below), layers.get(layer).size());
            z.add(posterior.draw(noise[layer]));
            logRatio = logRatio.minus(posterior.logDensity(tape, z.get(layer)));
            below = z.get(layer);
        }
        Top top = top(tape, flat, head(tape, flat, topmost, below), noise[topmost], conditions);
        z.add(top.z());
        for (int layer = 0; layer < topmost; layer++) {
            logRatio = logRatio.plus(prior(tape, flat, layer, z.get(layer + 1)).logDensity(tape, z.get(layer)));
        }
        Scalar kl = tape.sum(top.kls()).minus(logRatio);
        return new Draw(z.get(0), logRatio.plus(top.logRatio()), List.of(kl));
    }

    private Draw ladder(Tape tape, List<Scalar> flat, List<Scalar> input, double[][] noise, List<Scalar> conditions) {
        List<List<Scalar>> heads = heads(tape, flat, input);
        Top top = top(tape, flat, heads.get(topmost), noise[topmost], conditions);
        List<Scalar> kls = new ArrayList<>(top.kls());
        Scalar logRatio = top.logRatio();
        List<Scalar> above = top.z();
        for (int layer = topmost - 1; layer >= 0; layer--) {
            Gaussian prior = prior(tape, flat, layer, above);
            Gaussian posterior =
                    Gaussian.of(heads.get(layer), layers.get(layer).size()).times(prior, tape);
            List<Scalar> z = posterior.draw(noise[layer]);
            kls.addAll(0, posterior.kl(prior));
            logRatio = logRatio.plus(prior.logDensity(tape, z)).minus(posterior.logDensity(tape, z));
            above = z;
        }
        return new Draw(above, logRatio, topIsClosed() ? kls : List.of(tape.sum(kls)));
    }

    private RowTerms row(Tape tape, List<Scalar> flat, double[] row, double[][][] noise, double klWeight) {
        List<Scalar> values = tape.constants(row);
        List<Scalar> input = ReferenceInput.of(tape, spec, row);
        List<Scalar> conditions = vae.conditions(tape, row);
        int samples = noise[0].length;
        List<Scalar> reconstructions = new ArrayList<>();
        List<Scalar> logWeights = new ArrayList<>();
        List<List<Scalar>> kls = new ArrayList<>();
        double[] bounds = new double[samples];
        for (int k = 0; k < samples; k++) {
            double[][] own = new double[layers.size()][];
            for (int layer = 0; layer <= topmost; layer++) {
                own[layer] = noise[layer][k];
            }
            Draw draw =
                    ladder ? ladder(tape, flat, input, own, conditions) : bottomUp(tape, flat, input, own, conditions);
            Cursor cursor = new Cursor(flat, vae.encoderLength());
            Scalar reconstruction = tape.sum(vae.decode(tape, cursor, values, draw.lowest(), conditions));
            reconstructions.add(reconstruction);
            logWeights.add(reconstruction.plus(draw.logRatio().times(klWeight)));
            bounds[k] = reconstruction.value + draw.logRatio().value;
            kls.add(draw.kls());
        }
        List<Scalar> meanKls = new ArrayList<>();
        List<Scalar> freeKls = new ArrayList<>();
        double freeBits = spec.objective().freeBits();
        for (int i = 0; i < kls.get(0).size(); i++) {
            int part = i;
            meanKls.add(
                    tape.sum(kls.stream().map(draw -> draw.get(part)).toList()).times(1.0 / samples));
            freeKls.add(tape.sum(kls.stream()
                            .map(draw -> freeBits == 0
                                    ? draw.get(part)
                                    : draw.get(part).atLeast(freeBits))
                            .toList())
                    .times(1.0 / samples));
        }
        Scalar reconstruction = tape.sum(reconstructions).times(1.0 / samples);
        return new RowTerms(
                vae.plainLoss(tape, reconstruction, tape.sum(freeKls), logWeights, klWeight),
                reconstruction.value,
                tape.sum(meanKls).value,
                Tape.logMeanExp(bounds),
                meanKls);
    }
}
