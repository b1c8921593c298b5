package elbow.vae;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reverse-mode differentiation of scalar expressions in double: slow, and right by inspection. */
final class Tape {
    private static final double[] LANCZOS = {
        0.9999999999998099,
        676.5203681218851,
        -1259.1392167224028,
        771.3234287776531,
        -176.6150291621406,
        12.507343278686905,
        -0.13857109526572012,
        9.984369578019572e-6,
        1.5056327351493116e-7
    };

    private final List<Scalar> scalars = new ArrayList<>();

    /** A value that remembers what it was computed from. */
    final class Scalar {
        final double value;
        private final Scalar[] parents;
        private final double[] partials;
        private double gradient;

        private Scalar(double value, Scalar[] parents, double... partials) {
            this.value = value;
            this.parents = parents;
            this.partials = partials;
            scalars.add(this);
        }

        Scalar plus(Scalar other) {
            return of(value + other.value, new Scalar[] {this, other}, 1, 1);
        }

        Scalar minus(Scalar other) {
            return of(value - other.value, new Scalar[] {this, other}, 1, -1);
        }

        Scalar times(Scalar other) {
            return of(value * other.value, new Scalar[] {this, other}, other.value, value);
        }

        Scalar over(Scalar other) {
            double quotient = value / other.value;
            return of(quotient, new Scalar[] {this, other}, 1 / other.value, -quotient / other.value);
        }

        Scalar plus(double constant) {
            return of(value + constant, new Scalar[] {this}, 1);
        }

        Scalar times(double constant) {
            return of(value * constant, new Scalar[] {this}, constant);
        }

        Scalar exp() {
            return of(Math.exp(value), new Scalar[] {this}, Math.exp(value));
        }

        Scalar log() {
            return of(Math.log(value), new Scalar[] {this}, 1 / value);
        }

        Scalar square() {
            return times(this);
        }

        Scalar tanh() {
            double tanh = Math.tanh(value);
            return of(tanh, new Scalar[] {this}, 1 - tanh * tanh);
        }

        Scalar sigmoid() {
            double sigmoid = 1 / (1 + Math.exp(-value));
            return of(sigmoid, new Scalar[] {this}, sigmoid * (1 - sigmoid));
        }

        Scalar softplus() {
            double softplus = Math.max(value, 0) + Math.log1p(Math.exp(-Math.abs(value)));
            return of(softplus, new Scalar[] {this}, 1 / (1 + Math.exp(-value)));
        }

        /**
         * log Gamma by Lanczos' approximation (g = 7, nine terms), made of the operations above: so its derivative is,
         * too.
         */
        Scalar logGamma() {
            Scalar sum = constant(LANCZOS[0]);
            for (int i = 1; i < LANCZOS.length; i++) {
                sum = sum.plus(constant(LANCZOS[i]).over(plus(i - 1)));
            }
            Scalar shifted = plus(6.5);
            return plus(-0.5)
                    .times(shifted.log())
                    .minus(shifted)
                    .plus(sum.log())
                    .plus(0.5 * Math.log(2 * Math.PI));
        }

        /** This value where it is above {@code threshold}, the constant below. */
        Scalar atLeast(double threshold) {
            return value > threshold ? this : constant(threshold);
        }

        /** The same value, cut off from what it was computed from. */
        Scalar detached() {
            return constant(value);
        }

        double gradient() {
            return gradient;
        }
    }

    Scalar constant(double value) {
        return of(value, new Scalar[0]);
    }

    List<Scalar> constants(double[] values) {
        return Arrays.stream(values).mapToObj(this::constant).toList();
    }

    Scalar sum(List<Scalar> terms) {
        Scalar sum = constant(0);
        for (Scalar term : terms) {
            sum = sum.plus(term);
        }
        return sum;
    }

    /** Computes the gradient of {@code result} with respect to every scalar of this tape. */
    void differentiate(Scalar result) {
        scalars.forEach(scalar -> scalar.gradient = 0);
        result.gradient = 1;
        for (int i = scalars.size() - 1; i >= 0; i--) {
            Scalar scalar = scalars.get(i);
            for (int parent = 0; parent < scalar.parents.length; parent++) {
                scalar.parents[parent].gradient += scalar.gradient * scalar.partials[parent];
            }
        }
    }

    private Scalar of(double value, Scalar[] parents, double... partials) {
        return new Scalar(value, parents, partials);
    }

    /** log of the mean of exp of the values. */
    static double logMeanExp(double[] values) {
        double maximum = Arrays.stream(values).max().orElseThrow();
        return maximum
                + Math.log(Arrays.stream(values)
                        .map(value -> Math.exp(value - maximum))
                        .average()
                        .orElseThrow());
    }
}
