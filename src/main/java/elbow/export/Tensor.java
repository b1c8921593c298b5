package elbow.export;

import elbow.base.Check;
import java.util.List;

/**
 * A value of a graph that is being built, and what can be computed of it. Shapes go together as in NumPy; the first
 * dimension of everything that is not constant is the number of rows.
 */
final class Tensor {
    private static final String AXIS = "axis";

    private final Graph graph;
    private final String name;
    private final ElementType type;

    Tensor(Graph graph, String name, ElementType type) {
        this.graph = graph;
        this.name = name;
        this.type = type;
    }

    Graph graph() {
        return graph;
    }

    String name() {
        return name;
    }

    ElementType type() {
        return type;
    }

    Tensor plus(Tensor other) {
        return binary("Add", other);
    }

    Tensor plus(double number) {
        return plus(graph.scalar(type, number));
    }

    Tensor minus(Tensor other) {
        return binary("Sub", other);
    }

    Tensor minus(double number) {
        return minus(graph.scalar(type, number));
    }

    Tensor times(Tensor other) {
        return binary("Mul", other);
    }

    Tensor times(double number) {
        return times(graph.scalar(type, number));
    }

    Tensor over(Tensor other) {
        return binary("Div", other);
    }

    Tensor over(double number) {
        return over(graph.scalar(type, number));
    }

    Tensor atLeast(double number) {
        return binary("Max", graph.scalar(type, number));
    }

    Tensor atMost(double number) {
        return binary("Min", graph.scalar(type, number));
    }

    /** Within [-limit, limit]. */
    Tensor limited(double limit) {
        return atLeast(-limit).atMost(limit);
    }

    Tensor negated() {
        return unary("Neg");
    }

    Tensor exp() {
        return unary("Exp");
    }

    Tensor log() {
        return unary("Log");
    }

    Tensor sqrt() {
        return unary("Sqrt");
    }

    Tensor abs() {
        return unary("Abs");
    }

    Tensor sign() {
        return unary("Sign");
    }

    Tensor floor() {
        return unary("Floor");
    }

    /** The nearest whole number, the even one of two. */
    Tensor round() {
        return unary("Round");
    }

    Tensor sine() {
        return unary("Sin");
    }

    Tensor tanh() {
        return unary("Tanh");
    }

    Tensor sigmoid() {
        return unary("Sigmoid");
    }

    Tensor square() {
        return times(this);
    }

    /** log(1 + exp(x)). */
    Tensor softplus() {
        return atLeast(0).plus(abs().negated().exp().plus(1).log());
    }

    Tensor isLess(double number) {
        return compared("Less", graph.scalar(type, number));
    }

    Tensor isLess(Tensor other) {
        return compared("Less", other);
    }

    Tensor isAtMost(double number) {
        return compared("LessOrEqual", graph.scalar(type, number));
    }

    Tensor isAtLeast(double number) {
        return compared("GreaterOrEqual", graph.scalar(type, number));
    }

    Tensor isEqual(Tensor other) {
        return compared("Equal", other);
    }

    Tensor isEqual(double number) {
        return isEqual(graph.scalar(type, number));
    }

    /** Whether it is a finite number. */
    Tensor isFinite() {
        return abs().isAtMost(type == ElementType.FLOAT ? Float.MAX_VALUE : Double.MAX_VALUE);
    }

    Tensor isNaN() {
        return graph.node("IsNaN", ElementType.TRUTH, this);
    }

    Tensor not() {
        return unary("Not");
    }

    Tensor and(Tensor other) {
        return binary("And", other);
    }

    Tensor or(Tensor other) {
        return binary("Or", other);
    }

    /** Elements of the one where this is true, of the other where it is not. */
    Tensor choose(Tensor where, Tensor otherwise) {
        Check.argument(where.type == otherwise.type, "types", "be the same", where.type + " and " + otherwise.type);
        return graph.node("Where", where.type, this, where, otherwise);
    }

    /** The same values as another type. */
    Tensor as(ElementType target) {
        return target == type
                ? this
                : graph.node(
                        "Cast",
                        target,
                        List.of(Attributes.number("to", target.proto().getNumber())),
                        this);
    }

    Tensor matrixProduct(Tensor other) {
        return binary("MatMul", other);
    }

    /** Without that dimension, along which values are added. */
    Tensor sum(int axis) {
        return graph.node("ReduceSum", type, List.of(Attributes.number("keepdims", 0)), this, graph.list(axis));
    }

    /** The mean instead. */
    Tensor mean(int axis) {
        return graph.node(
                "ReduceMean", type, List.of(Attributes.numbers("axes", axis), Attributes.number("keepdims", 0)), this);
    }

    /** The logarithm of the sum of the exponentials instead. */
    Tensor logSumExp(int axis) {
        Tensor largest = graph.node(
                "ReduceMax", type, List.of(Attributes.numbers("axes", axis), Attributes.number("keepdims", 1)), this);
        return minus(largest).exp().sum(axis).log().plus(largest.withoutAxis(axis));
    }

    /** Where along a dimension the largest value stands, the first one of equals. */
    Tensor largest(int axis) {
        return graph.node(
                "ArgMax",
                ElementType.LONG,
                List.of(Attributes.number(AXIS, axis), Attributes.number("keepdims", 0)),
                this);
    }

    /** The smallest values along a dimension, in some order. */
    Tensor smallest(int axis, int count) {
        return graph.firstOfTwo(
                "TopK",
                type,
                List.of(Attributes.number(AXIS, axis), Attributes.number("largest", 0)),
                this,
                graph.list(count));
    }

    /** With another shape; 0 keeps a dimension, one may be -1. */
    Tensor shaped(long... dimensions) {
        return graph.node("Reshape", type, this, graph.list(dimensions));
    }

    Tensor withAxis(int axis) {
        return graph.node("Unsqueeze", type, this, graph.list(axis));
    }

    Tensor withoutAxis(int axis) {
        return graph.node("Squeeze", type, this, graph.list(axis));
    }

    Tensor transposed(long... order) {
        return graph.node("Transpose", type, List.of(Attributes.numbers("perm", order)), this);
    }

    /** Some of what stands along a dimension. */
    Tensor slice(int axis, int from, int count) {
        return graph.node("Slice", type, this, graph.list(from), graph.list(from + count), graph.list(axis));
    }

    /** Those elements along a dimension, in that order. */
    Tensor taken(int axis, long... places) {
        return picked(axis, graph.list(places));
    }

    /** The elements along a dimension that indices say. */
    Tensor picked(int axis, Tensor indices) {
        return graph.node("Gather", type, List.of(Attributes.number(AXIS, axis)), this, indices);
    }

    /** With zeros (or false) before and after what stands along each dimension. */
    Tensor padded(long... beforeThenAfter) {
        return graph.node("Pad", type, this, graph.list(beforeThenAfter));
    }

    /** Values behind each other along a dimension. */
    static Tensor joined(int axis, List<Tensor> parts) {
        Tensor first = parts.get(0);
        return parts.size() == 1
                ? first
                : first.graph.node(
                        "Concat", first.type, List.of(Attributes.number(AXIS, axis)), parts.toArray(Tensor[]::new));
    }

    private Tensor unary(String operator) {
        return graph.node(operator, type, this);
    }

    private Tensor binary(String operator, Tensor other) {
        Check.argument(type == other.type, "types", "be the same", type + " and " + other.type);
        return graph.node(operator, type, this, other);
    }

    private Tensor compared(String operator, Tensor other) {
        Check.argument(type == other.type, "types", "be the same", type + " and " + other.type);
        return graph.node(operator, ElementType.TRUTH, this, other);
    }
}
