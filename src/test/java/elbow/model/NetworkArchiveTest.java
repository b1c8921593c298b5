package elbow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.dl4j.VaeNetworks;
import elbow.fault.Fault;
import elbow.vae.VaeSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

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
        assertThat(NetworkArchive.write(read)).isEqualTo(bytes);
    }

    @Test
    void readsWhatAnyTrainingLeaves() {
        VaeSpec spec = VaeSpec.builder(2, 1).build();
        for (IUpdater updater : List.of(new Sgd(0.3), new Adam(1e-2, 0.8, 0.99, 1e-6), new Adam(3e-4))) {
            MultiLayerNetwork trained = VaeNetworks.create(spec, 0, updater, Long.MIN_VALUE, new float[] {0.5f, 0.1f});
            INDArray rows = Nd4j.createFromArray(new float[][] {{0, 1}, {1, 1}, {0, 0}});
            trained.fit(new ListDataSetIterator<>(List.of(new DataSet(rows, rows)), 3), 2);
            byte[] written = NetworkArchive.write(trained);

            MultiLayerNetwork read = NetworkArchive.read("network.zip", written);

            assertThat(NetworkArchive.write(read)).isEqualTo(written);
            assertThat(read.output(rows)).isEqualTo(trained.output(rows));
        }
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
                "network.zip must hold configuration.json and coefficients.bin only, but holds \"preprocessor.bin\"");
    }

    @Test
    @Fault(
            section = Fault.Section.STRANGERS,
            fault = "a model that inflates without end",
            promised = "refused (4) before it does")
    void refusesAConfigurationThatIsTooLongBeforeInflatingAllOfIt() throws IOException {
        Map<String, byte[]> entries = entries();
        byte[] blanks = new byte[40 << 20];
        Arrays.fill(blanks, (byte) ' ');
        entries.put("configuration.json", blanks);

        assertRefused(zip(entries), "network.zip configuration.json must have at most 16777216 bytes, but has more");
    }

    @Test
    @Fault(
            section = Fault.Section.STRANGERS,
            fault = "a model that inflates without end",
            promised = "refused (4) before it does")
    void refusesParametersThatItsBytesCannotHold() throws IOException {
        MultiLayerNetwork large = VaeNetworks.create(
                VaeSpec.builder(1000, 20).encoder(1000).decoder(1000).build(), 1, new Adam(1e-3), 7, new float[1000]);
        large.params().assign(0);

        assertThatThrownBy(() -> NetworkArchive.read("network.zip", NetworkArchive.write(large)))
                .isInstanceOf(ElbowException.class)
                .hasMessageMatching("network.zip must be large enough for its parameters, but \\d+ bytes hold at most"
                        + " \\d+ and it claims " + large.numParams());
    }

    @Test
    @Fault(section = Fault.Section.STRANGERS, fault = "parameters that are not finite", promised = "refused (4)")
    void refusesCoefficientsThatAreNotFinite() throws IOException {
        for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            ByteBuffer coefficients = ByteBuffer.wrap(coefficients());
            coefficients.putFloat(coefficients.limit() - Float.BYTES, value);

            assertRefusedCoefficients(
                    coefficients.array(),
                    "coefficient " + (network.numParams() - 1) + " must be finite, but is " + value);
        }
    }

    @Test
    void refusesCoefficientsOfAnotherLength() throws IOException {
        byte[] coefficients = coefficients();
        int length = (int) network.numParams();

        for (int cut = 0; cut < coefficients.length; cut++) {
            byte[] part = Arrays.copyOf(coefficients, cut);
            assertThatThrownBy(() -> Coefficients.read(new ByteArrayInputStream(part), length))
                    .as("cut to %s bytes", cut)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertRefusedCoefficients(
                Arrays.copyOf(coefficients, coefficients.length + 1),
                "coefficients must end after " + length + " values, but is more");
    }

    @Test
    void refusesCoefficientsOfAnotherShape() throws IOException {
        byte[] coefficients = coefficients();
        int head = 2 + 16 + 8 + 2 + 4;
        int valuesLength = head + 8 * 8 + 2 + 16;
        long length = network.numParams();
        record Wrong(int offset, long value, String message) {}
        for (Wrong wrong : List.of(
                new Wrong(18, 1L << 40, "length of shape must be 8, but is 1099511627776"),
                new Wrong(head, 1000, "rank must be 2, but is 1000"),
                new Wrong(head + 8, 2, "rows must be 1, but is 2"),
                new Wrong(head + 16, -length, "columns must be " + length + ", but is " + -length),
                new Wrong(head + 24, -1, "stride of rows must be 1 or " + length + ", but is -1"),
                new Wrong(head + 32, 1_000_000_000, "stride of columns must be 1, but is 1000000000"),
                new Wrong(head + 40, 16384, "flags must be 8192, but is 16384"),
                new Wrong(head + 48, 0, "stride of elements must be 1, but is 0"),
                new Wrong(head + 56, 7, "order must be c or f, but is 7"),
                new Wrong(valuesLength, -5, "length of values must be " + length + ", but is -5"))) {
            byte[] changed = coefficients.clone();
            ByteBuffer.wrap(changed).putLong(wrong.offset, wrong.value);

            assertRefusedCoefficients(changed, wrong.message);
        }
        byte[] texts = coefficients.clone();
        System.arraycopy("UTF8 ".getBytes(StandardCharsets.UTF_8), 0, texts, valuesLength + 10, 5);
        assertRefusedCoefficients(texts, "type of values must be FLOAT, but is something else");
    }

    private void assertRefusedCoefficients(byte[] coefficients, String message) throws IOException {
        Map<String, byte[]> entries = entries();
        entries.put("coefficients.bin", coefficients);
        assertRefused(zip(entries), "network.zip does not hold a readable network: " + message);
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

    private byte[] coefficients() throws IOException {
        return Objects.requireNonNull(entries().get("coefficients.bin"));
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
