package elbow.dl4j;

import elbow.vae.Initialisation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** All parameters of a {@link VaeLayer} as one named vector, initialised by the kernel from the network's seed. */
final class VaeParameters implements ParamInitializer {
    static final String KEY = "vae";
    static final VaeParameters INSTANCE = new VaeParameters();

    private VaeParameters() {}

    @Override
    public long numParams(NeuralNetConfiguration configuration) {
        return numParams(configuration.getLayer());
    }

    @Override
    public long numParams(Layer layer) {
        return ((VaeLayer) layer).spec().layout().length();
    }

    @Override
    public List<String> paramKeys(Layer layer) {
        return List.of(KEY);
    }

    @Override
    public List<String> weightKeys(Layer layer) {
        return List.of();
    }

    @Override
    public List<String> biasKeys(Layer layer) {
        return List.of();
    }

    @Override
    public boolean isWeightParam(Layer layer, String key) {
        return false;
    }

    @Override
    public boolean isBiasParam(Layer layer, String key) {
        return false;
    }

    @Override
    public Map<String, INDArray> init(
            NeuralNetConfiguration configuration, INDArray parametersView, boolean initializeParameters) {
        configuration.addVariable(KEY);
        if (initializeParameters) {
            VaeLayer layer = (VaeLayer) configuration.getLayer();
            Initialisation.initialise(layer.spec(), configuration.getSeed(), NativeViews.of(parametersView));
        }
        return named(parametersView);
    }

    @Override
    public Map<String, INDArray> getGradientsFromFlattened(
            NeuralNetConfiguration configuration, INDArray gradientsView) {
        return named(gradientsView);
    }

    private static Map<String, INDArray> named(INDArray view) {
        // DL4J adds to the map and iterates over it from listeners' threads.
        Map<String, INDArray> table = Collections.synchronizedMap(new LinkedHashMap<>());
        table.put(KEY, view);
        return table;
    }
}
