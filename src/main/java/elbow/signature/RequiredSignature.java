package elbow.signature;

import elbow.base.Digests;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.files.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;

/**
 * What a run asks of every model that it loads: a signature that counts in each of its trust stores, over all files of
 * the model. The stores are a setting of Hadoop's configuration, {@value #KEY}, which whoever runs a site sets once for
 * all ({@code spark.hadoop.elbow.require-signature} in {@code spark-defaults.conf}); a command may add one.
 */
public final class RequiredSignature {
    /** The setting: URIs of trust stores, parted by commas; each counts. */
    public static final String KEY = "elbow.require-signature";

    // What Spark ML keeps beside a model.
    private static final long LARGEST_BESIDE = 16 << 20;

    /** Nothing is asked for. */
    public static final RequiredSignature NONE = new RequiredSignature(new Configuration(false), List.of());

    private final Configuration hadoop;
    private final List<String> stores;

    private RequiredSignature(Configuration hadoop, List<String> stores) {
        this.hadoop = hadoop;
        this.stores = stores;
    }

    /** What a configuration asks for. */
    public static RequiredSignature of(Configuration hadoop) {
        return new RequiredSignature(hadoop, List.copyOf(hadoop.getTrimmedStringCollection(KEY)));
    }

    /** Asks for one more store, which is tried. Nothing that is asked for already is taken back. */
    public static void add(String store, Configuration hadoop) {
        TrustStore.open(store, System.getenv(), hadoop);
        List<String> all = new ArrayList<>(hadoop.getTrimmedStringCollection(KEY));
        if (!all.contains(store)) {
            all.add(store);
        }
        hadoop.set(KEY, String.join(",", all));
    }

    /** Whether a model's directory has a signature, whoever made it. */
    public static boolean isSigned(Place directory) {
        return directory.child(ModelSignature.FILE).exists();
    }

    /**
     * Requires that a model is signed, if that is asked for: all its files, by somebody who is trusted.
     *
     * @return what was signed, which must be what is read: {@link Verified#require}
     * @throws ElbowException of category MODEL that says what is wrong; of category USAGE if a trust store cannot be
     *     opened
     */
    public Verified verify(Place directory) {
        return verify(directory, System.getenv());
    }

    Verified verify(Place directory, Map<String, String> environment) {
        if (stores.isEmpty()) {
            return new Verified(directory, Optional.empty());
        }
        List<TrustStore> trust = stores.stream()
                .map(store -> TrustStore.open(store, environment, hadoop))
                .toList();
        ModelSignature signature = ModelSignature.of(directory)
                .orElseThrow(() -> refused(
                        directory,
                        "has none: sign it with ",
                        Parameter.SIGN,
                        ", or take one from somebody who signs theirs, and trust nothing of this one"));
        String signer = signature.signer().getSubjectX500Principal().getName();
        if (!signature.isGenuine()) {
            throw refused(
                    directory,
                    "has one of " + signer
                            + " that its key did not make over these names and digests: it was changed or forged");
        }
        for (TrustStore store : trust) {
            store.fault(signature.certificates()).ifPresent(fault -> {
                throw refused(directory, "has one of " + signer + ", which does not count: " + fault);
            });
        }
        requireSame(directory, signature.files().digests(), SignedFiles.places(directory), signer);
        return new Verified(directory, Optional.of(signature.files()));
    }

    private static void requireSame(
            Place directory, SortedMap<String, String> signed, SortedMap<String, Place> found, String signer) {
        TreeSet<String> names = new TreeSet<>(signed.keySet());
        names.addAll(found.keySet());
        for (String name : names) {
            if (!found.containsKey(name)) {
                throw refused(directory, "has one of " + signer + " over " + name + ", which is not there");
            }
            if (!signed.containsKey(name)) {
                throw refused(
                        directory,
                        "has one of " + signer + " that does not cover " + name
                                + ", which was added later: sign the model again if that is right, as after a"
                                + " calibration, or remove the file");
            }
            // Those of the directory itself are compared when they are read, by Verified.
            Place place = found.get(name);
            if (name.contains("/") && !SignedFiles.digest(place, LARGEST_BESIDE).equals(signed.get(name))) {
                throw refused(directory, "has one of " + signer + ", and " + name + " was changed since");
            }
        }
    }

    private static ElbowException refused(Place directory, Object... found) {
        return new ElbowException(
                ErrorCategory.MODEL,
                Message.of(
                        "the model in " + directory + " must have a signature that is trusted, but ",
                        Message.of(found)));
    }

    /** What of a model was signed, to be held against the bytes that are used, which are read after the check. */
    public static final class Verified {
        private final Place directory;
        private final Optional<SignedFiles> signed;

        private Verified(Place directory, Optional<SignedFiles> signed) {
            this.directory = directory;
            this.signed = signed;
        }

        /**
         * Requires that the content of a file is what was signed, if that is asked for.
         *
         * @throws ElbowException of category MODEL if it is not
         */
        public void require(String name, byte[] content) {
            signed.ifPresent(files -> {
                if (!Digests.sha256(content).equals(files.digests().get(name))) {
                    throw refused(directory, "has one, and " + name + " is not what was signed");
                }
            });
        }
    }
}
