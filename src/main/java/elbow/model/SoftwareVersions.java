package elbow.model;

import elbow.math.Blas;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/** The software that makes the models of this process, by name and version, for the manifest. */
public final class SoftwareVersions {
    private static final String BUILD = "/elbow/versions.properties";

    private SoftwareVersions() {}

    /** Versions by name: elbow, spark, dl4j, java, and which BLAS with which kernels. */
    public static Map<String, String> ofProcess() {
        Properties build = new Properties();
        try (InputStream stream = SoftwareVersions.class.getResourceAsStream(BUILD)) {
            build.load(Objects.requireNonNull(stream, BUILD));
        } catch (IOException e) {
            throw new IllegalStateException(BUILD + " must be readable from the class path, but is not", e);
        }
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("elbow", build.getProperty("elbow"));
        versions.put("spark", org.apache.spark.package$.MODULE$.SPARK_VERSION());
        versions.put("dl4j", build.getProperty("dl4j"));
        versions.put("java", Runtime.version().toString());
        versions.put("blas", Blas.description());
        return versions;
    }
}
