package elbow.vae.layer;

import elbow.base.JsonReader;
import java.util.Map;
import java.util.function.Function;

/** The readers of the settings of each kind of layer, by its name in JSON; the caller refuses fields left over. */
public final class LayerReaders {
    public static final Map<String, Function<JsonReader, LayerSpec>> ALL = Map.of(DenseSpec.TYPE, DenseSpec::fromJson);

    private LayerReaders() {}
}
