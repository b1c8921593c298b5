package elbow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.dl4j.SavedNetwork;
import elbow.dl4j.VaeNetworks;
import elbow.fault.Fault;
import elbow.vae.VaeSpec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.impl.ActivationCube;
import org.nd4j.linalg.learning.config.Adam;

/** Configurations that name classes, in every place and spelling in which DL4J would make an object of them. */
class HostileConfigurationTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final MultiLayerNetwork NETWORK = VaeNetworks.create(
            VaeSpec.builder(4, 2).encoder(3).build(), 5, new Adam(1e-3), 7, new float[] {0.1f, 0.2f, 0.3f, 0.9f});
    private static final String TEXT = NETWORK.getLayerWiseConfigurations().toJson();
    private static final float[] PARAMETERS = NETWORK.params().toFloatVector();

    private static boolean loaded;

    /** Leaves a mark when it is loaded. */
    @SuppressWarnings("serial")
    static final class Marked extends ActivationCube {
        static {
            loaded = true;
        }
    }

    private static final Map<String, Function<String, JsonNode>> SPELLINGS = new TreeMap<>(Map.of(
            "property", name -> JSON.createObjectNode().put("@class", name),
            "escaped property", name -> JSON.createObjectNode().put("@class", name + "<escaped>"),
            "array", name -> JSON.createArrayNode().add(name).add(JSON.createObjectNode()),
            "object", name -> JSON.createObjectNode().set(name, JSON.createObjectNode()),
            "text", name -> JSON.getNodeFactory().textNode(name),
            "legacy",
                    name -> JSON.createObjectNode()
                            .set(
                                    "dense",
                                    JSON.createObjectNode()
                                            .set(
                                                    "activationFn",
                                                    JSON.createObjectNode().put("@class", name)))));

    private static final List<String> FIELDS = List.of(
            "/confs/0/layer",
            "/confs/0/layer/activationFn",
            "/confs/0/layer/iupdater",
            "/confs/0/layer/iupdater/learningRateSchedule",
            "/confs/0/layer/biasUpdater",
            "/confs/0/layer/idropout",
            "/confs/0/layer/weightInitFn",
            "/confs/0/layer/weightNoise",
            "/confs/0/layer/dist",
            "/confs/0/layer/lossFn",
            "/confs/0/layer/constraints/0",
            "/confs/0/layer/regularization/0",
            "/confs/0/layer/regularizationBias/0",
            "/confs/0/stepFunction",
            "/confs/0",
            "/inputPreProcessors/0",
            "/inputPreProcessors",
            "/anything");

    static Stream<Arguments> attacks() {
        return FIELDS.stream()
                .flatMap(field -> SPELLINGS.keySet().stream().map(spelling -> Arguments.of(field, spelling)));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    @Fault(
            section = Fault.Section.STRANGERS,
            fault = "a model that names a class, in every field and spelling",
            promised = "refused (4); no class is loaded")
    void noClassIsLoadedWhateverNamesIt(String field, String spelling) throws JsonProcessingException {
        String name = HostileConfigurationTest.class.getName() + "$Marked";
        String attack = with(
                        field, Objects.requireNonNull(SPELLINGS.get(spelling)).apply(name))
                // What a parser takes for the same as "@class".
                .replaceAll("\"@class\" ?: ?\"([^\"]*)<escaped>\"", "\"\\\\u0040class\" : \"$1\"");

        assertThatThrownBy(() -> new SavedNetwork("configuration.json", attack).network(PARAMETERS))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(loaded).isFalse();
    }

    @Test
    void deeplearning4jItselfWouldLoadOne() throws JsonProcessingException {
        // Otherwise the test above shows nothing: a class that the loader does not find is never loaded.
        String attack = with(
                "/confs/0/layer/activationFn",
                JSON.createArrayNode().add(ActivationCube.class.getName()).add(JSON.createObjectNode()));

        assertThat(MultiLayerConfiguration.fromJson(attack)
                        .getConf(0)
                        .getLayer()
                        .toString())
                .contains("activationFn=cube");
        assertThatThrownBy(() -> new SavedNetwork("configuration.json", attack).network(PARAMETERS))
                .hasMessageContaining("its line")
                .hasMessageContaining("\"activationFn\\\" : ");
    }

    @Test
    void aValueThatElbowNeverWritesIsRefused() {
        for (Map.Entry<String, String> change : Map.of(
                        "\"biasInit\" : 0.0", "\"biasInit\" : 1.0",
                        "\"miniBatch\" : true", "\"miniBatch\" : false",
                        "\"dataType\" : \"FLOAT\"", "\"dataType\" : \"DOUBLE\"",
                        "\"nin\" : 4", "\"nin\" : 2000000000",
                        "\"scoringSamples\" : 5", "\"scoringSamples\" : 2000000000",
                        "\"regularization\" : [ ]", "\"regularization\" : " + "[".repeat(900) + "]".repeat(900),
                        "\"variables\" : [ \"vae\" ]", "\"variables\" : [ ]",
                        "\\\"outputs\\\":3", "\\\"outputs\\\":2000000000")
                .entrySet()) {
            assertThat(TEXT).contains(change.getKey());
            String changed = TEXT.replace(change.getKey(), change.getValue());

            assertThatThrownBy(() -> new SavedNetwork("configuration.json", changed).network(PARAMETERS))
                    .as(change.getKey())
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void nestingThatEndsParsersIsRefused() {
        for (String text :
                List.of("[".repeat(500_000), "{\"a\":".repeat(200_000) + "1" + "}".repeat(200_000), "", "1")) {
            assertThatThrownBy(() -> new SavedNetwork("configuration.json", text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("configuration.json");
        }
    }

    @Test
    void lineEndsMayBeThoseOfAnotherPlatform() {
        SavedNetwork saved = new SavedNetwork("configuration.json", TEXT.replace("\n", "\r\n"));

        assertThat(saved.network(PARAMETERS).params()).isEqualTo(NETWORK.params());
    }

    @Test
    void aRefusalOfTheArchiveIsOneOfTheModel() {
        assertThatThrownBy(() -> NetworkArchive.read("network.zip", new byte[] {1, 2, 3}))
                .isInstanceOfSatisfying(
                        ElbowException.class,
                        refused -> assertThat(refused.category()).isEqualTo(ErrorCategory.MODEL));
    }

    private static String with(String pointer, JsonNode value) throws JsonProcessingException {
        JsonNode document = JSON.readTree(TEXT);
        int last = pointer.lastIndexOf('/');
        String parentPointer = pointer.substring(0, last);
        String name = pointer.substring(last + 1);
        JsonNode parent = document.at(parentPointer);
        if (parent instanceof ArrayNode array && !array.isEmpty()) {
            array.set(Integer.parseInt(name), value);
        } else if (parent instanceof ObjectNode object) {
            object.set(name, value);
        } else {
            // A list that is empty or null in the document.
            int before = parentPointer.lastIndexOf('/');
            ((ObjectNode) document.at(parentPointer.substring(0, before)))
                    .putArray(parentPointer.substring(before + 1))
                    .add(value);
        }
        return document.toPrettyString();
    }
}
