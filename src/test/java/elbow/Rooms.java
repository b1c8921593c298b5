package elbow;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Set;

/** Each room, in alphabetical order, and the rooms that it may use. Every one must be listed, every listing used. */
final class Rooms {
    static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            entry("base", Set.of()),
            entry("batch", Set.of("base", "data.encoding", "data.feature", "data.image", "data.reference", "data.rows", "data.source", "data.text", "dl4j", "failure", "files", "model", "report", "score")),
            entry("data.encoding", Set.of("base", "data.image", "data.table", "math.noise", "vae.input")),
            entry("data.feature", Set.of("base", "data.encoding", "data.image", "data.table", "vae.input", "vae.likelihood")),
            entry("data.image", Set.of("base")),
            entry("data.infer", Set.of("base", "data.encoding", "data.feature", "data.image", "data.rows", "data.table", "failure", "math", "vae.input", "vae.likelihood")),
            entry("data.listing", Set.of("base", "data.table", "failure", "files")),
            entry("data.reference", Set.of("base", "data.encoding", "data.feature", "data.shard")),
            entry("data.rows", Set.of("base", "data.encoding", "data.feature", "data.table", "failure", "files")),
            entry("data.shard", Set.of("base", "data.encoding", "data.feature", "failure", "vae.input")),
            entry("data.source", Set.of("base", "data.feature", "data.image", "data.listing", "data.rows", "data.table", "data.text", "failure")),
            entry("data.table", Set.of("base", "data.image")),
            entry("data.text", Set.of("base", "data.listing", "data.table", "failure")),
            entry("dl4j", Set.of("base", "math", "vae", "vae.input", "vae.layer")),
            entry("export", Set.of("base", "data.encoding", "data.feature", "data.image", "data.table", "dl4j", "failure", "files", "math", "model", "score", "vae", "vae.flow", "vae.input", "vae.latent", "vae.layer", "vae.likelihood", "vae.prior")),
            entry("failure", Set.of("base")),
            entry("files", Set.of("base", "failure")),
            entry("fit", Set.of("base", "data.feature", "data.image", "data.infer", "data.reference", "data.rows", "data.shard", "data.table", "failure", "files", "math", "model", "report", "score", "train", "train.averaging", "train.checkpoint", "train.plan", "train.progress", "vae", "vae.input", "vae.latent", "vae.layer", "vae.likelihood", "vae.prior")),
            entry("job", Set.of("base", "failure", "job.command", "job.console", "job.run")),
            entry("job.command", Set.of("base", "batch", "data.source", "data.table", "data.text", "files", "fit", "job.console", "job.run", "job.use", "score", "tune", "use")),
            entry("job.console", Set.of("base")),
            entry("job.run", Set.of("base", "batch", "data.feature", "data.infer", "data.rows", "data.source", "data.table", "dl4j", "failure", "files", "fit", "job.console", "model", "quality", "report", "score", "train.averaging", "train.checkpoint", "train.plan", "train.progress", "tune")),
            entry("job.use", Set.of("base", "data.feature", "data.rows", "data.source", "data.table", "export", "failure", "files", "job.console", "job.run", "model", "use")),
            entry("math", Set.of("base")),
            entry("math.noise", Set.of("base", "math")),
            entry("ml", Set.of("base", "data.feature", "data.rows", "data.source", "data.table", "dl4j", "files", "fit", "math", "model", "score", "use")),
            entry("model", Set.of("base", "data.feature", "data.reference", "dl4j", "failure", "files", "math")),
            entry("notebook", Set.of("base", "batch", "data.image", "data.source", "data.table", "ml", "model", "quality", "report", "use")),
            entry("quality", Set.of("base", "data.table", "failure")),
            entry("report", Set.of("base", "model", "quality")),
            entry("score", Set.of("base", "data.encoding", "data.feature", "data.reference", "data.shard", "data.table", "dl4j", "math", "model", "vae", "vae.input")),
            entry("train", Set.of("base", "data.feature", "data.shard", "dl4j", "math.noise", "model", "score", "train.averaging", "train.checkpoint", "train.plan", "train.progress", "vae", "vae.input", "vae.objective")),
            entry("train.averaging", Set.of("base", "data.shard", "math", "math.noise", "vae", "vae.input", "vae.layer")),
            entry("train.checkpoint", Set.of("base", "failure", "files", "model", "train.averaging")),
            entry("train.dl4j", Set.of("base", "data.shard", "dl4j", "failure", "math", "train", "train.averaging", "train.plan", "train.progress", "vae")),
            entry("train.plan", Set.of("base", "data.feature", "data.image", "math", "train.averaging", "vae", "vae.latent", "vae.layer", "vae.likelihood", "vae.objective", "vae.prior")),
            entry("train.progress", Set.of("base", "failure", "files", "model")),
            entry("tune", Set.of("base", "failure", "files", "fit", "report", "score", "train.progress")),
            entry("use", Set.of("base", "data.encoding", "data.feature", "data.image", "data.table", "dl4j", "failure", "math", "math.noise", "model", "score", "vae", "vae.input")),
            entry("vae", Set.of("base", "math", "math.noise", "vae.input", "vae.latent", "vae.layer", "vae.likelihood", "vae.objective", "vae.prior")),
            entry("vae.flow", Set.of("math", "vae.layer")),
            entry("vae.input", Set.of("base", "math", "math.noise", "vae.likelihood")),
            entry("vae.latent", Set.of("base", "math", "math.noise", "vae.flow", "vae.layer", "vae.prior")),
            entry("vae.layer", Set.of("base", "math", "math.noise")),
            entry("vae.likelihood", Set.of("base", "math", "math.noise", "vae.layer")),
            entry("vae.objective", Set.of("base", "math", "vae.latent")),
            entry("vae.prior", Set.of("base", "math", "math.noise", "vae.flow", "vae.layer")));

    private Rooms() {}
}
