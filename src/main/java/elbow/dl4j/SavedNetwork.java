package elbow.dl4j;

import elbow.base.Check;
import elbow.base.DocumentException;
import elbow.base.JsonReader;
import elbow.vae.VaeSpec;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * The configuration of a network that is one {@link VaeLayer}, read from DL4J's JSON of it without DL4J: its parser
 * makes an object of whatever class a document names, in any of four spellings. What differs between two such networks
 * is read here, the network is built from it, and the document must then be the text of just that network: so nothing
 * else that it says is ever looked at.
 */
public final class SavedNetwork {
    private static final Map<String, Function<JsonReader, IUpdater>> UPDATERS = Map.of(
            Adam.class.getName(),
            json -> new Adam(
                    json.number("learningRate"), json.number("beta1"), json.number("beta2"), json.number("epsilon")),
            Sgd.class.getName(),
            json -> new Sgd(json.number("learningRate")));

    private final String text;
    private final VaeLayer layer;
    private final IUpdater updater;
    private final long seed;
    private final Progress progress;
    private final Progress layerProgress;

    // DL4J writes both for the network and again for its layer.
    private record Progress(int iterations, int epochs) {
        static Progress read(JsonReader json) {
            return new Progress(json.integer("iterationCount"), json.integer("epochCount"));
        }
    }

    private record LayerConfiguration(VaeLayer layer, IUpdater updater, long seed, Progress progress) {}

    private record Read(LayerConfiguration layer, Progress progress) {}

    /**
     * @param document what error messages call the text
     * @param text what {@code toJson()} of the network's configuration has written
     * @throws DocumentException if it does not hold what such a network has
     */
    public SavedNetwork(String document, String text) {
        this.text = text;
        Read read = JsonReader.read(document, text, json -> read(document, json));
        layer = read.layer.layer;
        updater = read.layer.updater;
        seed = read.layer.seed;
        layerProgress = read.layer.progress;
        progress = read.progress;
    }

    private static Read read(String document, JsonReader json) {
        List<LayerConfiguration> layers = json.objects("confs", SavedNetwork::readLayer);
        Check.argument(layers.size() == 1, document + ": confs", "be one", layers.size());
        json.leaveRest();
        // Too many parameters, or names that clash, are found here.
        Check.positive(
                document + ": parameters", layers.get(0).layer.spec().layout().length());
        return new Read(layers.get(0), Progress.read(json));
    }

    private static LayerConfiguration readLayer(JsonReader json) {
        JsonReader layer = json.object("layer");
        JsonReader updater = layer.object("iupdater");
        String type = updater.text("@class");
        Function<JsonReader, IUpdater> reader = UPDATERS.get(type);
        if (reader == null) {
            throw new IllegalArgumentException(updater.where() + ": @class must be one of " + UPDATERS.keySet()
                    + ", but is " + JsonReader.shown(type));
        }
        LayerConfiguration read = new LayerConfiguration(
                VaeLayer.ofSpec(layer.text("spec"), layer.integer("scoringSamples")),
                reader.apply(updater),
                json.longInteger("seed"),
                Progress.read(json));
        json.leaveRest();
        return read;
    }

    /** What the VAE is. */
    public VaeSpec spec() {
        return layer.spec();
    }

    /** How many parameters the network has. */
    public int parameters() {
        return layer.spec().layout().length();
    }

    /**
     * The network.
     *
     * @param parameters in the order of the kernel's layout
     * @throws DocumentException if the text is not that of this network, as DL4J writes it
     */
    public MultiLayerNetwork network(float[] parameters) {
        Check.argument(
                parameters.length == parameters(), "parameters' length", "be " + parameters(), parameters.length);
        MultiLayerConfiguration configuration = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(updater)
                .list()
                .layer(layer)
                .build();
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        INDArray row = Nd4j.create(parameters, new long[] {1, parameters.length}, 'c');
        network.init(row, false);
        configuration.setIterationCount(progress.iterations);
        configuration.setEpochCount(progress.epochs);
        NeuralNetConfiguration ofLayer = configuration.getConf(0);
        ofLayer.setIterationCount(layerProgress.iterations);
        ofLayer.setEpochCount(layerProgress.epochs);
        requireSameText(configuration.toJson());
        return network;
    }

    private void requireSameText(String written) {
        // Jackson ends lines as the platform does.
        List<String> expected = written.lines().toList();
        List<String> found = text.lines().toList();
        for (int i = 0; i < Math.max(expected.size(), found.size()); i++) {
            String line = i < found.size() ? found.get(i) : "";
            if (i >= expected.size() || !expected.get(i).equals(line)) {
                throw new DocumentException("the configuration must be the text of the network that it describes,"
                        + " but its line " + (i + 1) + " is " + JsonReader.shown(line.strip()));
            }
        }
    }
}
