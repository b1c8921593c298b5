package elbow.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.dl4j.VaeLayer;
import elbow.dl4j.VaeNetworks;
import elbow.math.BlasChoice;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * {@code network.zip}, both ways: DL4J's own format, which {@code ModelSerializer} restores, written so that equal
 * networks give equal bytes, and read without ever running what a stranger's file names.
 *
 * <p>DL4J's reader deserializes Java objects from some entries and instantiates whatever class the configuration names.
 * This one takes two entries only and looks at every class name before DL4J's parser sees it.
 */
final class NetworkArchive {
    private static final String CONFIGURATION = "configuration.json";
    private static final String COEFFICIENTS = "coefficients.bin";
    private static final int LARGEST_CONFIGURATION = 1 << 20;
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private static final Set<String> CLASSES = Set.of(
            VaeLayer.class.getName(),
            "org.deeplearning4j.nn.weights.WeightInitXavier",
            "org.nd4j.linalg.activations.impl.ActivationIdentity",
            "org.nd4j.linalg.learning.config.Adam",
            "org.nd4j.linalg.learning.config.Sgd");

    static {
        // Before ND4J loads its BLAS.
        BlasChoice.settle();
    }

    private NetworkArchive() {}

    static byte[] write(MultiLayerNetwork network) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            putEntry(zip, CONFIGURATION);
            zip.write(network.getLayerWiseConfigurations().toJson().getBytes(StandardCharsets.UTF_8));
            putEntry(zip, COEFFICIENTS);
            DataOutputStream coefficients = new DataOutputStream(zip);
            Nd4j.write(network.params(), coefficients);
            coefficients.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void putEntry(ZipOutputStream zip, String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
    }

    /**
     * @throws ElbowException of category MODEL if the bytes are not a network that {@link #write} could have written
     */
    static MultiLayerNetwork read(String where, byte[] bytes) {
        Map<String, byte[]> entries = entries(where, bytes);
        byte[] json = entries.get(CONFIGURATION);
        byte[] coefficients = entries.get(COEFFICIENTS);
        if (json == null || coefficients == null) {
            throw damaged(
                    where,
                    "must hold " + CONFIGURATION + " and " + COEFFICIENTS + ", but holds " + entries.keySet(),
                    null);
        }
        checkClasses(where, json);
        try {
            MultiLayerConfiguration configuration =
                    MultiLayerConfiguration.fromJson(new String(json, StandardCharsets.UTF_8));
            INDArray parameters = Nd4j.read(new DataInputStream(new ByteArrayInputStream(coefficients)));
            if (parameters.dataType() != DataType.FLOAT) {
                throw damaged(where, "parameters must be FLOAT, but are " + parameters.dataType(), null);
            }
            MultiLayerNetwork network = new MultiLayerNetwork(configuration);
            network.init(parameters, false);
            VaeNetworks.layerOf(network);
            return network;
        } catch (ElbowException e) {
            throw e;
        } catch (RuntimeException e) {
            throw damaged(where, "does not hold a readable network: " + e.getMessage(), e);
        }
    }

    private static Map<String, byte[]> entries(String where, byte[] bytes) {
        Map<String, byte[]> entries = new HashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = entry.getName();
                if (!name.equals(CONFIGURATION) && !name.equals(COEFFICIENTS)) {
                    throw damaged(
                            where,
                            "may hold " + CONFIGURATION + " and " + COEFFICIENTS + " only, but holds " + name,
                            null);
                }
                if (entries.put(name, zip.readAllBytes()) != null) {
                    throw damaged(where, "holds " + name + " twice", null);
                }
            }
        } catch (IOException e) {
            throw damaged(where, "is not a readable zip file: " + e.getMessage(), e);
        }
        return entries;
    }

    private static void checkClasses(String where, byte[] json) {
        if (json.length > LARGEST_CONFIGURATION) {
            throw damaged(
                    where,
                    CONFIGURATION + " must have at most " + LARGEST_CONFIGURATION + " bytes, but has " + json.length,
                    null);
        }
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME && parser.currentName().startsWith("@")) {
                    String field = parser.currentName();
                    String name = parser.nextToken() == JsonToken.VALUE_STRING ? parser.getText() : "no string";
                    if (!field.equals("@class") || !CLASSES.contains(name)) {
                        throw damaged(
                                where,
                                CONFIGURATION + " may name only classes that Elbow writes, but " + field + " is "
                                        + name,
                                null);
                    }
                }
            }
        } catch (IOException e) {
            throw damaged(where, CONFIGURATION + " is not readable JSON: " + e.getMessage(), e);
        }
    }

    private static ElbowException damaged(String where, String problem, @Nullable Throwable cause) {
        String message = where + " " + problem;
        return cause == null
                ? new ElbowException(ErrorCategory.MODEL, message)
                : new ElbowException(ErrorCategory.MODEL, message, cause);
    }
}
