package elbow.model;

import elbow.base.DocumentException;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.JsonReader;
import elbow.dl4j.SavedNetwork;
import elbow.math.BlasChoice;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.factory.Nd4j;

/**
 * {@code network.zip}, both ways: DL4J's own format, which {@code ModelSerializer} restores, written so that equal
 * networks give equal bytes, and read without DL4J's readers, which make objects of what a stranger's file names.
 */
final class NetworkArchive {
    private static final String CONFIGURATION = "configuration.json";
    private static final String COEFFICIENTS = "coefficients.bin";

    /** The longest configuration that is read, in bytes: that of some 100,000 columns. */
    static final int LARGEST_CONFIGURATION = 16 << 20;

    // Parameters are noise to a compressor: trained ones keep nine tenths of their size. A file that inflates to far
    // more than it has bytes is none of ours, and would take memory that its size does not announce.
    private static final long LARGEST_INFLATION = 16;

    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

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
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            requireEntry(where, zip, CONFIGURATION);
            byte[] json = zip.readNBytes(LARGEST_CONFIGURATION + 1);
            if (json.length > LARGEST_CONFIGURATION) {
                throw damaged(
                        where, CONFIGURATION + " must have at most " + LARGEST_CONFIGURATION + " bytes, but has more");
            }
            SavedNetwork saved = new SavedNetwork(CONFIGURATION, new String(json, StandardCharsets.UTF_8));
            requireInflation(where, saved.parameters(), bytes.length);
            requireEntry(where, zip, COEFFICIENTS);
            float[] parameters = Coefficients.read(zip, saved.parameters());
            ZipEntry more = zip.getNextEntry();
            if (more != null) {
                throw damaged(
                        where,
                        "must hold " + CONFIGURATION + " and " + COEFFICIENTS + " only, but holds "
                                + JsonReader.shown(more.getName()));
            }
            return saved.network(parameters);
        } catch (IOException e) {
            throw damaged(where, "is not a readable zip file: " + e.getMessage(), e);
        } catch (DocumentException e) {
            throw damaged(where, "does not hold a readable network: " + e.getMessage(), e);
        }
    }

    private static void requireEntry(String where, ZipInputStream zip, String name) throws IOException {
        ZipEntry entry = zip.getNextEntry();
        if (entry == null || !entry.getName().equals(name)) {
            throw damaged(
                    where,
                    "must hold " + CONFIGURATION + " and then " + COEFFICIENTS + ", but where " + name
                            + " should be is " + (entry == null ? "nothing" : JsonReader.shown(entry.getName())));
        }
    }

    private static void requireInflation(String where, long parameters, long bytes) {
        long most = LARGEST_INFLATION * bytes / Float.BYTES;
        if (parameters > most) {
            throw damaged(
                    where,
                    "must be large enough for its parameters, but " + bytes + " bytes hold at most " + most
                            + " and it claims " + parameters);
        }
    }

    private static ElbowException damaged(String where, String problem) {
        return new ElbowException(ErrorCategory.MODEL, where + " " + problem);
    }

    private static ElbowException damaged(String where, String problem, Throwable cause) {
        return new ElbowException(ErrorCategory.MODEL, where + " " + problem, cause);
    }
}
