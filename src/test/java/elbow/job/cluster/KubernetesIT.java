package elbow.job.cluster;

import static elbow.job.process.ElbowProcess.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.job.process.ElbowProcess;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page's command for Kubernetes, submitted by Spark to a server in the place of the API's: what it asks for is what
 * the page says. Nothing is run by it.
 */
@Tag("spark-3")
class KubernetesIT {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void submissionAsksForTheDriverThatThePageSays() throws Exception {
        Path spark = SparkHomes.distribution();
        // Where the page's commands are given: the settings name files relative to it.
        Path template = Path.of("conf/kubernetes/pod-template.yaml");
        Files.createDirectories(directory.resolve(template).getParent());
        Files.copy(HOME.resolve(template), directory.resolve(template));
        PageCommand page = PageCommand.with("k8s://", "--master yarn");

        try (KubernetesApi api = new KubernetesApi()) {
            ElbowProcess.Result result = submit(page, spark, api);
            assertThat(result.status()).as(result.err()).isZero();
            assertThat(api.unknown()).isEmpty();

            List<ObjectNode> pods = api.created("pods");
            assertThat(pods).hasSize(1);
            requireWhatThePageSays(pods.get(0));
            List<String> words = texts(pods.get(0).at("/spec/containers/0/args"));
            assertThat(words)
                    .startsWith("driver")
                    .containsSubsequence("--class", "elbow.job.Main")
                    .containsSubsequence("local:///opt/elbow/target/elbow-job.jar")
                    .endsWith(page.elbow().toArray(String[]::new));
            requireSettingsOfExecutors(api);
        }
    }

    private ElbowProcess.Result submit(PageCommand page, Path spark, KubernetesApi api) throws Exception {
        List<String> words = new ArrayList<>();
        for (String word : page.submit()) {
            words.add(word.startsWith("k8s://") ? api.master() : word);
        }
        words.set(0, spark.resolve("bin/spark-submit").toString());
        // Options stand before the job jar; nobody waits for a pod that never ends.
        words.addAll(1, List.of("--conf", "spark.kubernetes.submission.waitAppCompletion=false"));
        return ElbowProcess.run(
                directory,
                Map.of("SPARK_HOME", spark.toString(), "SPARK_LOCAL_IP", "127.0.0.1"),
                Stream.concat(words.stream(), page.elbow().stream()).toArray(String[]::new));
    }

    private static void requireWhatThePageSays(JsonNode pod) {
        JsonNode container = pod.at("/spec/containers/0");
        assertThat(pod.at("/metadata/labels/spark-role").textValue()).isEqualTo("driver");
        assertThat(pod.at("/metadata/namespace").textValue()).isEqualTo("elbow");
        assertThat(pod.at("/spec/serviceAccountName").textValue()).isEqualTo("elbow");
        assertThat(container.at("/image").textValue()).isEqualTo("registry.example.com/elbow:0.1.0");
        // The heap and what is beside it.
        assertThat(container.at("/resources/limits/memory").textValue()).isEqualTo("5120Mi");
        assertThat(pod.at("/spec/securityContext/runAsNonRoot").booleanValue()).isTrue();
        assertThat(pod.at("/spec/securityContext/runAsUser").intValue()).isEqualTo(185);
        assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                .isFalse();
        // Nothing is shared but the volume.
        assertThat(pod.findValues("hostPath")).isEmpty();
        assertThat(pod.at("/spec/volumes").findValuesAsText("claimName")).containsExactly("elbow-data");
        assertThat(container.at("/volumeMounts").findValuesAsText("mountPath")).contains("/data", "/tmp");
    }

    /** What the driver is left to ask for its executors by: it is in a map that its pod mounts. */
    private static void requireSettingsOfExecutors(KubernetesApi api) throws IOException {
        Properties settings = new Properties();
        List<String> templates = new ArrayList<>();
        for (JsonNode map : api.created("configmaps")) {
            JsonNode data = map.at("/data");
            if (data.has("spark.properties")) {
                settings.load(new StringReader(data.get("spark.properties").textValue()));
            }
            data.fieldNames().forEachRemaining(name -> {
                if (name.startsWith("podspec")) {
                    templates.add(data.get(name).textValue());
                }
            });
        }
        assertThat(settings)
                .containsEntry("spark.kubernetes.container.image", "registry.example.com/elbow:0.1.0")
                .containsEntry("spark.executor.instances", "4")
                .containsEntry("spark.executor.memory", "4g")
                .containsEntry("spark.executor.memoryOverhead", "2g");
        assertThat(templates).singleElement().asString().contains("claimName: elbow-data", "runAsUser: 185");
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
