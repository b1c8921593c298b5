package elbow.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.JsonReader;
import elbow.model.Manifest;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The files that make a directory with a graph a model of MLflow, with the flavours onnx and python_function. MLflow
 * looks for its MLmodel beside the graph.
 */
final class MlflowFiles {
    /** The version of MLflow whose format this is; newer ones read it. */
    private static final String MLFLOW = "2.17.2";

    private static final String PYTHON = "3.11";

    /** From version 3 of pandas on texts come in arrays that onnxruntime does not take. */
    private static final List<String> REQUIREMENTS =
            List.of("mlflow>=2.9", "onnx>=1.14", "onnxruntime>=1.16", "numpy", "pandas<3");

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private MlflowFiles() {}

    /** The files by name, MLmodel last. */
    static Map<String, String> of(Graph graph, String file, Manifest manifest) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("requirements.txt", String.join("\n", REQUIREMENTS) + "\n");
        files.put("python_env.yaml", """
                python: '%s'
                build_dependencies:
                - pip
                dependencies:
                - -r requirements.txt
                """.formatted(PYTHON));
        files.put("conda.yaml", """
                channels:
                - conda-forge
                dependencies:
                - python=%s
                - pip
                - pip:
                  - %s
                name: mlflow-env
                """.formatted(PYTHON, String.join("\n  - ", REQUIREMENTS)));
        files.put("MLmodel", """
                flavors:
                  onnx:
                    code: null
                    data: %1$s
                    onnx_version: 1.17.0
                    providers:
                    - CPUExecutionProvider
                  python_function:
                    data: %1$s
                    env:
                      conda: conda.yaml
                      virtualenv: python_env.yaml
                    loader_module: mlflow.onnx
                    python_version: '%2$s'
                metadata:
                  elbow_model_id: '%3$s'
                mlflow_version: %4$s
                model_uuid: '%5$s'
                signature:
                  inputs: '%6$s'
                  outputs: '%7$s'
                  params: null
                utc_time_created: '%8$s'
                """.formatted(
                        file,
                        PYTHON,
                        manifest.modelId(),
                        MLFLOW,
                        uuid(manifest.modelId()),
                        signature(graph.inputs(), graph.inputs()),
                        signature(graph.outputs(), graph.inputs()),
                        TIME.format(manifest.createdAt())));
        return files;
    }

    // Equal models have equal ones.
    private static String uuid(String modelId) {
        return modelId + "0".repeat(32 - modelId.length());
    }

    // MLflow tells columns of a table from tensors, and wants one or the other for all.
    private static String signature(List<TensorShape> shapes, List<TensorShape> inputs) {
        boolean table = inputs.stream().allMatch(TensorShape::isColumn);
        ArrayNode list = JsonReader.newObject().putArray("signature");
        for (TensorShape shape : shapes) {
            ObjectNode node = list.addObject();
            if (table) {
                node.put("type", column(shape.type())).put("name", shape.name()).put("required", true);
            } else {
                ObjectNode tensor = node.put("type", "tensor")
                        .put("name", shape.name())
                        .putObject("tensor-spec")
                        .put("dtype", shape.type().numpy());
                shape.shape().forEach(tensor.putArray("shape")::add);
            }
        }
        return list.toString().replace("'", "''");
    }

    private static String column(ElementType type) {
        return switch (type) {
            case FLOAT -> "float";
            case DOUBLE -> "double";
            case LONG -> "long";
            case TEXT -> "string";
            case TRUTH -> "boolean";
            case BYTE -> "integer";
        };
    }
}
