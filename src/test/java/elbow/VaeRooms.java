package elbow;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Set;

/** The rooms of the model, {@code vae} and below, as {@link Rooms} lists the others. */
final class VaeRooms {
    static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            entry(
                    "vae",
                    Set.of(
                            "base",
                            "math",
                            "math.noise",
                            "math.optimizer",
                            "vae.input",
                            "vae.latent",
                            "vae.layer",
                            "vae.likelihood",
                            "vae.objective",
                            "vae.prior")),
            entry("vae.flow", Set.of("math", "vae.layer")),
            entry("vae.input", Set.of("base", "math", "math.noise", "vae.likelihood")),
            entry("vae.latent", Set.of("base", "math", "math.noise", "vae.flow", "vae.layer", "vae.prior")),
            entry("vae.layer", Set.of("base", "math", "math.noise")),
            entry("vae.likelihood", Set.of("base", "math", "math.noise", "vae.layer")),
            entry("vae.objective", Set.of("base", "math", "vae.latent")),
            entry("vae.prior", Set.of("base", "math", "math.noise", "vae.flow", "vae.layer")));

    private VaeRooms() {}
}
