package elbow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.dl4j.VaeNetworks;
import elbow.vae.VaeSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Adam;

class NetworkArchiveTest {
    private final MultiLayerNetwork network =
            VaeNetworks.create(VaeSpec.builder(4, 2).encoder(3).decoder(3).build(), 5, new Adam(1e-3), 7, new float[] {
                0.1f, 0.2f, 0.3f, 0.9f
            });
    private final byte[] bytes = NetworkArchive.write(network);

    @Test
    void equalNetworksGiveEqualBytes() {
        assertThat(NetworkArchive.write(network.clone())).isEqualTo(bytes);
    }

    @Test
    void readsWhatItWrites() {
        MultiLayerNetwork read = NetworkArchive.read("network.zip", bytes);

        assertThat(read.params().toFloatVector()).isEqualTo(network.params().toFloatVector());
        assertThat(VaeNetworks.layerOf(read)).isEqualTo(VaeNetworks.layerOf(network));
    }

    @Test
    void modelSerializerReadsWhatItWrites() throws IOException {
        MultiLayerNetwork read = ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(bytes), false);

        assertThat(read.params().toFloatVector()).isEqualTo(network.params().toFloatVector());
    }

    @Test
    void refusesAnEntryThatDeeplearning4jWouldDeserialize() throws IOException {
        Map<String, byte[]> entries = entries();
        entries.put("preprocessor.bin", new byte[] {(byte) 0xAC, (byte) 0xED});

        assertRefused(
                zip(entries),
                "network.zip may hold configuration.json and coefficients.bin only, but holds preprocessor.bin");
    }

    @Test
    void refusesAClassThatElbowDoesNotWrite() throws IOException {
        Map<String, byte[]> entries = entries();
        String json = new String(entries.get("configuration.json"), StandardCharsets.UTF_8);
        entries.put(
                "configuration.json",
                json.replace("org.nd4j.linalg.learning.config.Adam", "javax.script.ScriptEngineManager")
                        .getBytes(StandardCharsets.UTF_8));

        assertRefused(
                zip(entries),
                "network.zip configuration.json may name only classes that Elbow writes, but @class is"
                        + " javax.script.ScriptEngineManager");
    }

    @Test
    void refusesATruncatedArchive() {
        // The directory at the end repeats the names; without it nothing is lost.
        for (int length = 0; length < bytes.length - 200; length += 97) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> NetworkArchive.read("network.zip", cut))
                    .isInstanceOfSatisfying(
                            ElbowException.class,
                            refused -> assertThat(refused.category()).isEqualTo(ErrorCategory.MODEL));
        }
    }

    private static void assertRefused(byte[] archive, String message) {
        assertThatThrownBy(() -> NetworkArchive.read("network.zip", archive))
                .isInstanceOf(ElbowException.class)
                .hasMessage(message);
    }

    private Map<String, byte[]> entries() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(archive)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return archive.toByteArray();
    }
}
