package elbow.export;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** A graph in onnxruntime. */
public final class OnnxRun implements AutoCloseable {
    private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

    private final OrtSession session;
    private final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();

    /** Reads a graph's file. */
    public OnnxRun(byte[] graph) throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        session = ENVIRONMENT.createSession(graph, options);
    }

    /** Gives an input. */
    public OnnxRun with(String name, float[] values, long... shape) throws OrtException {
        return with(name, OnnxTensor.createTensor(ENVIRONMENT, FloatBuffer.wrap(values), shape));
    }

    /** Gives an input. */
    public OnnxRun with(String name, double[] values, long... shape) throws OrtException {
        return with(name, OnnxTensor.createTensor(ENVIRONMENT, DoubleBuffer.wrap(values), shape));
    }

    /** Gives an input. */
    public OnnxRun with(String name, long[] values, long... shape) throws OrtException {
        return with(name, OnnxTensor.createTensor(ENVIRONMENT, LongBuffer.wrap(values), shape));
    }

    /** Gives an input. */
    public OnnxRun with(String name, String[] values, long... shape) throws OrtException {
        return with(name, OnnxTensor.createTensor(ENVIRONMENT, values, shape));
    }

    /** Gives an input. */
    public OnnxRun with(String name, byte[] values, long... shape) throws OrtException {
        return with(name, OnnxTensor.createTensor(ENVIRONMENT, ByteBuffer.wrap(values), shape, OnnxJavaType.UINT8));
    }

    private OnnxRun with(String name, OnnxTensor tensor) {
        inputs.put(name, tensor);
        return this;
    }

    /** What comes out. */
    public Results run() throws OrtException {
        try (OrtSession.Result result = session.run(inputs)) {
            Map<String, double[]> numbers = new LinkedHashMap<>();
            Map<String, String[]> texts = new LinkedHashMap<>();
            for (Map.Entry<String, OnnxValue> output : result) {
                OnnxTensor tensor = (OnnxTensor) output.getValue();
                if (tensor.getInfo().type == OnnxJavaType.STRING) {
                    texts.put(output.getKey(), (String[]) tensor.getValue());
                } else {
                    numbers.put(output.getKey(), numbers(tensor));
                }
            }
            return new Results(numbers, texts);
        }
    }

    /** Outputs by name, in row-major order. */
    public record Results(Map<String, double[]> numbers, Map<String, String[]> texts) {
        /** An output of numbers. */
        public double[] of(String name) {
            return Objects.requireNonNull(numbers.get(name), name);
        }
    }

    private static double[] numbers(OnnxTensor tensor) throws OrtException {
        return switch (tensor.getInfo().type) {
            case FLOAT -> {
                FloatBuffer values = tensor.getFloatBuffer();
                yield IntStream.range(0, values.remaining())
                        .mapToDouble(values::get)
                        .toArray();
            }
            case DOUBLE -> {
                double[] values = new double[tensor.getDoubleBuffer().remaining()];
                tensor.getDoubleBuffer().get(values);
                yield values;
            }
            case INT64 -> {
                LongBuffer values = tensor.getLongBuffer();
                yield IntStream.range(0, values.remaining())
                        .mapToDouble(values::get)
                        .toArray();
            }
            case BOOL -> {
                ByteBuffer values = tensor.getByteBuffer();
                yield IntStream.range(0, values.remaining())
                        .mapToDouble(values::get)
                        .toArray();
            }
            default -> throw new IllegalArgumentException("type must be one of numbers, but is " + tensor.getInfo());
        };
    }

    @Override
    public void close() throws OrtException {
        inputs.values().forEach(OnnxTensor::close);
        session.close();
    }
}
