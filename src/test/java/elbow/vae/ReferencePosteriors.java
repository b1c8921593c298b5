package elbow.vae;

import elbow.vae.Tape.Scalar;
import elbow.vae.latent.InverseAutoregressiveFlows;
import elbow.vae.latent.PlanarFlows;
import elbow.vae.latent.Posterior;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What flows make of a draw from the diagonal Gaussian, from their formulas. */
final class ReferencePosteriors {
    private ReferencePosteriors() {}

    record Flowed(List<Scalar> latents, Scalar logDeterminant) {}

    static boolean flows(Posterior posterior) {
        return posterior instanceof PlanarFlows || posterior instanceof InverseAutoregressiveFlows;
    }

    static int parameterCount(Posterior posterior, int latents) {
        return posterior instanceof InverseAutoregressiveFlows flows
                ? flows.steps() * ((latents + flows.units() + 1) * flows.units() + (flows.units() + 1) * 2 * latents)
                : 0;
    }

    /** @param given what the encoder gives besides means and log-variances */
    static Flowed flow(
            Tape tape, Posterior posterior, Supplier<Scalar> parameters, List<Scalar> given, List<Scalar> z) {
        Flowed flowed = new Flowed(z, tape.constant(0));
        if (posterior instanceof PlanarFlows flows) {
            int width = 2 * z.size() + 1;
            for (int step = 0; step < flows.steps(); step++) {
                flowed = planar(tape, given.subList(step * width, (step + 1) * width), flowed);
            }
        } else if (posterior instanceof InverseAutoregressiveFlows flows) {
            for (int step = 0; step < flows.steps(); step++) {
                flowed = autoregressive(step, flows.units(), parameters, given, flowed);
            }
        }
        return flowed;
    }

    // v = u m(w u) / (w u), m(a) = softplus(a + log(e - 1)) - 1; log|1 + (1 - tanh^2) w v|.
    private static Flowed planar(Tape tape, List<Scalar> given, Flowed in) {
        int size = in.latents().size();
        List<Scalar> w = given.subList(0, size);
        List<Scalar> u = given.subList(size, 2 * size);
        Scalar along = dot(tape, w, u);
        Scalar factor = along.plus(Math.log(Math.E - 1)).softplus().plus(-1).over(along);
        Scalar tanh = dot(tape, w, in.latents()).plus(given.get(2 * size)).tanh();
        List<Scalar> out = new ArrayList<>();
        List<Scalar> moves = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Scalar v = u.get(i).times(factor);
            moves.add(v);
            out.add(in.latents().get(i).plus(v.times(tanh)));
        }
        Scalar determinant =
                tanh.square().times(-1).plus(1).times(dot(tape, w, moves)).plus(1);
        return new Flowed(out, in.logDeterminant().plus(determinant.log()));
    }

    private static Scalar dot(Tape tape, List<Scalar> x, List<Scalar> y) {
        List<Scalar> terms = new ArrayList<>();
        for (int i = 0; i < x.size(); i++) {
            terms.add(x.get(i).times(y.get(i)));
        }
        return tape.sum(terms);
    }

    // Latent i, in ascending or descending order, sees through the unit j those latents whose place is below j mod n.
    private static Flowed autoregressive(
            int step, int units, Supplier<Scalar> parameters, List<Scalar> context, Flowed in) {
        int n = in.latents().size();
        List<List<Scalar>> hidden = ReferencePriors.matrix(parameters, n + units + 1, units);
        List<List<Scalar>> head = ReferencePriors.matrix(parameters, units + 1, 2 * n);
        List<Scalar> out = new ArrayList<>();
        Scalar logDeterminant = in.logDeterminant();
        for (int i = 0; i < n; i++) {
            int place = step % 2 == 0 ? i : n - 1 - i;
            Scalar mean = head.get(units).get(i);
            Scalar gate = head.get(units).get(n + i).plus(2);
            for (int unit = 0; unit < units; unit++) {
                int degree = unit % n;
                if (degree <= place) {
                    Scalar sum = hidden.get(n + units).get(unit);
                    for (int below = 0; below < degree; below++) {
                        int latent = step % 2 == 0 ? below : n - 1 - below;
                        sum = sum.plus(in.latents()
                                .get(latent)
                                .times(hidden.get(latent).get(unit)));
                    }
                    for (int c = 0; c < units; c++) {
                        sum = sum.plus(context.get(c).times(hidden.get(n + c).get(unit)));
                    }
                    Scalar value = sum.tanh();
                    mean = mean.plus(value.times(head.get(unit).get(i)));
                    gate = gate.plus(value.times(head.get(unit).get(n + i)));
                }
            }
            Scalar g = gate.sigmoid();
            out.add(mean.plus(g.times(in.latents().get(i).minus(mean))));
            logDeterminant = logDeterminant.plus(g.log());
        }
        return new Flowed(out, logDeterminant);
    }
}
