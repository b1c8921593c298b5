package elbow.vae.layer;

import elbow.base.JsonReader;
import elbow.vae.layer.ConvolutionSpec.Direction;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** The readers of the settings of each kind of layer, by its name in JSON; the caller refuses fields left over. */
public final class LayerReaders {
    /** Of layers that a {@link BesideSpec} may have. */
    static final Map<String, Function<JsonReader, LayerSpec>> PLAIN = Map.of(
            DenseSpec.TYPE,
            DenseSpec::fromJson,
            ConvolutionSpec.DOWN,
            settings -> ConvolutionSpec.fromJson(Direction.DOWN, settings),
            ConvolutionSpec.UP,
            settings -> ConvolutionSpec.fromJson(Direction.UP, settings));

    /** Of all layers. */
    public static final Map<String, Function<JsonReader, LayerSpec>> ALL = all();

    private LayerReaders() {}

    private static Map<String, Function<JsonReader, LayerSpec>> all() {
        Map<String, Function<JsonReader, LayerSpec>> all = new HashMap<>(PLAIN);
        all.put(BesideSpec.TYPE, BesideSpec::fromJson);
        all.put(ImageOutputSpec.TYPE, ImageOutputSpec::fromJson);
        return Map.copyOf(all);
    }
}
