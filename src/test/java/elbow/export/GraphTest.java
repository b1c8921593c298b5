package elbow.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import elbow.base.ElbowException;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each operator as onnxruntime computes it, against what it is to mean. */
class GraphTest {
    private static final double[] NUMBERS = {-2.5, -1, -0.5, 0, 0.25, 0.5, 1.5, 3};

    static Stream<Arguments> functions() {
        return Stream.of(
                function("plus", x -> x.plus(3), x -> x + 3),
                function("minus", x -> x.minus(3), x -> x - 3),
                function("times", x -> x.times(-0.5), x -> -0.5 * x),
                function("over", x -> x.over(4), x -> x / 4),
                function("atLeast", x -> x.atLeast(0.25), x -> Math.max(0.25, x)),
                function("atMost", x -> x.atMost(0.25), x -> Math.min(0.25, x)),
                function("limited", x -> x.limited(1), x -> Math.max(-1, Math.min(1, x))),
                function("negated", Tensor::negated, x -> -x),
                function("exp", Tensor::exp, Math::exp),
                function("log", x -> x.abs().plus(1).log(), x -> Math.log(Math.abs(x) + 1)),
                function("sqrt", x -> x.abs().sqrt(), x -> Math.sqrt(Math.abs(x))),
                function("sign", Tensor::sign, Math::signum),
                function("floor", Tensor::floor, Math::floor),
                function("round", Tensor::round, Math::rint),
                function("sine", Tensor::sine, Math::sin),
                function("tanh", Tensor::tanh, Math::tanh),
                function("sigmoid", Tensor::sigmoid, x -> 1 / (1 + Math.exp(-x))),
                function("square", Tensor::square, x -> x * x),
                function("softplus", Tensor::softplus, x -> Math.log1p(Math.exp(x))));
    }

    private static Arguments function(String name, UnaryOperator<Tensor> operator, DoubleUnaryOperator expected) {
        return Arguments.of(name, operator, expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("functions")
    void functionsOfNumbersAreThoseOfTheirNamesInBothPrecisions(
            String name, UnaryOperator<Tensor> operator, DoubleUnaryOperator expected) throws OrtException {
        for (ElementType type : List.of(ElementType.FLOAT, ElementType.DOUBLE)) {
            double[] found = numbers(x -> operator.apply(x.as(type)).as(ElementType.DOUBLE));

            for (int i = 0; i < NUMBERS.length; i++) {
                assertThat(found[i])
                        .as(name + " of " + NUMBERS[i])
                        .isCloseTo(
                                expected.applyAsDouble(NUMBERS[i]), within(type == ElementType.FLOAT ? 2e-6 : 1e-14));
            }
        }
    }

    @Test
    void comparisonsAndChoices() throws OrtException {
        assertThat(numbers(x -> x.isLess(0.5).choose(x, x.negated())))
                .containsExactly(-2.5, -1, -0.5, 0, 0.25, -0.5, -1.5, -3);
        assertThat(numbers(x -> x.isAtMost(0.5).and(x.isAtLeast(-0.5)).as(ElementType.DOUBLE)))
                .containsExactly(0, 0, 1, 1, 1, 1, 0, 0);
        assertThat(numbers(x -> x.isEqual(3).or(x.isEqual(-1)).not().as(ElementType.DOUBLE)))
                .containsExactly(1, 0, 1, 1, 1, 1, 1, 0);
        assertThat(numbers(x -> x.log().isNaN().as(ElementType.DOUBLE))).containsExactly(1, 1, 1, 0, 0, 0, 0, 0);
        assertThat(numbers(x -> x.log().isFinite().as(ElementType.DOUBLE))).containsExactly(0, 0, 0, 0, 1, 1, 1, 1);
    }

    @Test
    void whatIsAlongDimensions() throws OrtException {
        UnaryOperator<Tensor> matrix = x -> x.shaped(2, 4);
        assertThat(numbers(x -> matrix.apply(x).sum(1))).containsExactly(-4, 5.25);
        assertThat(numbers(x -> matrix.apply(x).mean(1))).containsExactly(-1, 1.3125);
        assertThat(numbers(x -> matrix.apply(x).largest(1).as(ElementType.DOUBLE)))
                .containsExactly(3, 3);
        assertThat(numbers(x -> matrix.apply(x).logSumExp(1))[0])
                .isCloseTo(Math.log(Math.exp(-2.5) + Math.exp(-1) + Math.exp(-0.5) + 1), within(1e-14));
        assertThat(numbers(x -> matrix.apply(x).slice(1, 1, 2))).containsExactly(-1, -0.5, 0.5, 1.5);
        assertThat(numbers(x -> matrix.apply(x).taken(1, 3, 0))).containsExactly(0, -2.5, 3, 0.25);
        assertThat(numbers(x -> matrix.apply(x).transposed(1, 0))).startsWith(-2.5, 0.25, -1, 0.5);
        assertThat(numbers(x -> matrix.apply(x).slice(1, 0, 1).padded(0, 1, 0, 0)))
                .containsExactly(0, -2.5, 0, 0.25);
        assertThat(numbers(x -> Tensor.joined(
                                1, List.of(x.withAxis(1), x.withAxis(1).plus(1)))
                        .slice(0, 0, 2)))
                .containsExactly(-2.5, -1.5, -1, 0);
        assertThat(numbers(x -> matrix.apply(x).matrixProduct(x.graph().doubles(new double[] {1, 2, 0, 1}, 4, 1))))
                .containsExactly(-4.5, 4.25);
    }

    @Test
    void textsAreLookedUp() throws OrtException {
        Graph graph = new Graph("texts");
        Tensor input = graph.input(TensorShape.of("colour", ElementType.TEXT));
        Tensor codes = graph.lookUp(input, List.of("red", "", "größe"), new long[] {0, -1, 2}, 7);
        graph.output(TensorShape.of("code", ElementType.LONG), codes);
        graph.output(
                TensorShape.of("text", ElementType.TEXT),
                graph.texts(List.of("a", "b", "ü"))
                        .picked(
                                0,
                                codes.as(ElementType.DOUBLE)
                                        .atLeast(0)
                                        .atMost(2)
                                        .as(ElementType.LONG)));
        try (OnnxRun run = new OnnxRun(graph.toBytes("1", Map.of()))) {
            OnnxRun.Results found = run.with("colour", new String[] {"größe", "red", "", "Red"}, 4)
                    .run();
            assertThat(found.of("code")).containsExactly(2, 0, -1, 7);
            assertThat(found.texts().get("text")).containsExactly("ü", "a", "a", "ü");
        }
    }

    @Test
    void aConstantThatIsSharedStandsThereOnce() {
        Graph graph = new Graph("shared");
        int alone = size(graph, "a");
        int shared = size(graph, "b") - alone;

        assertThat(shared).isLessThan(1000);
    }

    private static int size(Graph graph, String output) {
        Tensor constant = graph.shared("weights", () -> graph.floats(new float[1000], 1000));
        graph.output(TensorShape.of(output, ElementType.FLOAT), constant);
        return graph.toBytes("1", Map.of()).length;
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "TEXT"})
    void oneNameForTwoThingsIsRefused(ElementType type) {
        Graph graph = new Graph("score");
        graph.input(TensorShape.of("elbo", type));

        assertThatThrownBy(() -> graph.output(TensorShape.of("elbo", type), graph.texts(List.of())))
                .isInstanceOf(ElbowException.class)
                .hasMessageContaining("of the graph score must be unique, but elbo is");
    }

    private static double[] numbers(UnaryOperator<Tensor> operator) throws OrtException {
        Graph graph = new Graph("numbers");
        Tensor x = graph.input(TensorShape.of("x", ElementType.DOUBLE));
        // Of any shape, as far as the graph says.
        Tensor flat = operator.apply(x).shaped(-1);
        graph.output(TensorShape.of("y", ElementType.DOUBLE), flat);
        try (OnnxRun run = new OnnxRun(graph.toBytes("1", Map.of()))) {
            return run.with("x", NUMBERS, NUMBERS.length).run().of("y");
        }
    }
}
