package elbow.export;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TensorShapeProto.Dimension;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.shade.protobuf.ByteString;

/**
 * A graph of ONNX operators that is being built: of version {@value #OPERATORS} of the operators, and for look-ups in
 * texts of version {@value #TABLE_OPERATORS} of those of machine learning.
 */
final class Graph {
    private static final int OPERATORS = 17;
    private static final int TABLE_OPERATORS = 3;
    private static final String TABLE_DOMAIN = "ai.onnx.ml";

    /** The format's version that came with these operators. */
    private static final int FORMAT = 8;

    private static final String ROWS = "rows";

    private final GraphProto.Builder proto;
    private final Map<String, Tensor> shared = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private final Set<String> reserved = new HashSet<>();
    private final List<TensorShape> inputShapes = new ArrayList<>();
    private final List<TensorShape> outputShapes = new ArrayList<>();
    private int next;

    Graph(String name) {
        proto = GraphProto.newBuilder().setName(name);
    }

    /** What goes in, in order. */
    List<TensorShape> inputs() {
        return List.copyOf(inputShapes);
    }

    /** What comes out, in order. */
    List<TensorShape> outputs() {
        return List.copyOf(outputShapes);
    }

    /**
     * An input.
     *
     * @throws ElbowException of category USAGE if the name is taken
     */
    Tensor input(TensorShape shape) {
        claim(shape.name());
        inputShapes.add(shape);
        proto.addInput(info(shape));
        return new Tensor(this, shape.name(), shape.type());
    }

    /**
     * Makes a value an output.
     *
     * @throws ElbowException of category USAGE if the name is taken
     */
    void output(TensorShape shape, Tensor value) {
        claim(shape.name());
        outputShapes.add(shape);
        proto.addOutput(info(shape));
        proto.addNode(NodeProto.newBuilder()
                .setName("node:" + shape.name())
                .setOpType("Identity")
                .addInput(value.name())
                .addOutput(shape.name()));
    }

    /** Keeps names for inputs and outputs that are yet to come; no value between them gets one. */
    void reserve(Collection<String> reservedNames) {
        reserved.addAll(reservedNames);
    }

    private void claim(String name) {
        if (!names.add(name)) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    "names of inputs and outputs of the graph " + proto.getName() + " must be unique, but " + name
                            + " is one of the model's columns and something else: rename the column and train again");
        }
    }

    /** What an operator makes of other values. */
    Tensor node(String operator, ElementType type, Tensor... arguments) {
        return node(operator, type, List.of(), arguments);
    }

    /** What an operator makes of other values. */
    Tensor node(String operator, ElementType type, List<AttributeProto> attributes, Tensor... arguments) {
        return add(NodeProto.newBuilder().setOpType(operator), type, attributes, arguments);
    }

    /** The first of two outputs of an operator. */
    Tensor firstOfTwo(String operator, ElementType type, List<AttributeProto> attributes, Tensor... arguments) {
        Tensor first = node(operator, type, attributes, arguments);
        proto.getNodeBuilder(proto.getNodeCount() - 1).addOutput(newName());
        return first;
    }

    /** What the table of a LabelEncoder has for texts. */
    Tensor lookUp(Tensor texts, List<String> keys, long[] values, long otherwise) {
        return add(
                NodeProto.newBuilder().setOpType("LabelEncoder").setDomain(TABLE_DOMAIN),
                ElementType.LONG,
                List.of(
                        Attributes.texts("keys_strings", keys),
                        Attributes.numbers("values_int64s", values),
                        Attributes.number("default_int64", otherwise)),
                texts);
    }

    private Tensor add(NodeProto.Builder node, ElementType type, List<AttributeProto> attributes, Tensor... arguments) {
        String name = newName();
        node.setName("node:" + name).addAllAttribute(attributes).addOutput(name);
        for (Tensor argument : arguments) {
            node.addInput(argument.name());
        }
        proto.addNode(node);
        return new Tensor(this, name, type);
    }

    // A colon keeps apart from most columns, whose names are the user's.
    private String newName() {
        String name;
        do {
            name = "value:" + next++;
        } while (reserved.contains(name) || !names.add(name));
        return name;
    }

    /** A constant of floats. */
    Tensor floats(float[] values, long... dimensions) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return raw(bytes, ElementType.FLOAT, dimensions);
    }

    /** A constant of doubles. */
    Tensor doubles(double[] values, long... dimensions) {
        ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(values);
        return raw(bytes, ElementType.DOUBLE, dimensions);
    }

    /** The floats as doubles. */
    static double[] widened(float[] floats) {
        double[] doubles = new double[floats.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = floats[i];
        }
        return doubles;
    }

    /** A constant of whole numbers. */
    Tensor longs(long[] values, long... dimensions) {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        return raw(bytes, ElementType.LONG, dimensions);
    }

    /** A constant list of whole numbers, such as axes. */
    Tensor list(long... values) {
        return longs(values, values.length);
    }

    /** A constant list of texts. */
    Tensor texts(List<String> values) {
        TensorProto.Builder tensor = constant(ElementType.TEXT, values.size());
        values.forEach(value -> tensor.addStringData(ByteString.copyFromUtf8(value)));
        return added(tensor, ElementType.TEXT);
    }

    /** One number for all elements. */
    Tensor scalar(ElementType type, double value) {
        return shared(type + " " + value, () -> switch (type) {
            case FLOAT -> floats(new float[] {(float) value});
            case DOUBLE -> doubles(new double[] {value});
            case LONG -> longs(new long[] {(long) value}, new long[0]);
            default -> throw new IllegalArgumentException("type must be one of numbers, but is " + type);
        });
    }

    /** What {@code maker} gave when it was first asked for under this key. */
    Tensor shared(String key, Supplier<Tensor> maker) {
        Tensor found = shared.get(key);
        if (found == null) {
            found = maker.get();
            shared.put(key, found);
        }
        return found;
    }

    private Tensor raw(ByteBuffer bytes, ElementType type, long... dimensions) {
        return added(constant(type, dimensions).setRawData(ByteString.copyFrom(bytes)), type);
    }

    private static TensorProto.Builder constant(ElementType type, long... dimensions) {
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setDataTypeValue(type.proto().getNumber());
        for (long dimension : dimensions) {
            tensor.addDims(dimension);
        }
        return tensor;
    }

    private Tensor added(TensorProto.Builder tensor, ElementType type) {
        String name = newName();
        proto.addInitializer(tensor.setName(name));
        return new Tensor(this, name, type);
    }

    private static ValueInfoProto info(TensorShape shape) {
        TensorShapeProto.Builder dimensions =
                TensorShapeProto.newBuilder().addDim(Dimension.newBuilder().setDimParam(ROWS));
        for (int dimension : shape.dimensions()) {
            Dimension.Builder builder = Dimension.newBuilder();
            dimensions.addDim(
                    dimension == TensorShape.ANY
                            ? builder.setDimParam(shape.name() + ":draws")
                            : builder.setDimValue(dimension));
        }
        return ValueInfoProto.newBuilder()
                .setName(shape.name())
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(shape.type().proto())
                                .setShape(dimensions)))
                .build();
    }

    /**
     * The file of the graph.
     *
     * @param version of what wrote it
     * @param properties what readers are told of it
     */
    byte[] toBytes(String version, Map<String, String> properties) {
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(FORMAT)
                .setProducerName("elbow")
                .setProducerVersion(version)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATORS))
                .addOpsetImport(
                        OperatorSetIdProto.newBuilder().setDomain(TABLE_DOMAIN).setVersion(TABLE_OPERATORS))
                .setGraph(proto);
        properties.forEach((name, value) -> model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(name).setValue(value)));
        return model.build().toByteArray();
    }
}
