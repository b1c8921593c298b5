package elbow.train.plan;

import elbow.vae.latent.Hierarchy;
import java.util.Optional;

/** What {@value #KEY} can name. */
enum HierarchyChoice {
    NONE(Optional.empty()),
    BOTTOM_UP(Optional.of(Hierarchy.BOTTOM_UP)),
    LADDER(Optional.of(Hierarchy.LADDER));

    static final String KEY = "model.hierarchy";

    private final Optional<Hierarchy> kind;

    HierarchyChoice(Optional<Hierarchy> kind) {
        this.kind = kind;
    }

    /** How several layers of latents hang together; empty if there is one layer. */
    Optional<Hierarchy> kind() {
        return kind;
    }
}
