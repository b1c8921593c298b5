package elbow.vae;

import elbow.base.JsonReader;
import elbow.math.Activation;
import elbow.vae.input.InputTransform;
import elbow.vae.likelihood.InputScale;
import elbow.vae.likelihood.LikelihoodGroup;
import elbow.vae.likelihood.LikelihoodGroupJson;
import elbow.vae.objective.ObjectiveJson;
import java.util.List;

/**
 * Reads versions 1 and 2 of a spec, which had no tree: one layer of latents with a diagonal Gaussian posterior and a
 * standard normal prior, dense layers of one activation. Version 1 knew neither missing columns nor input scales; it is
 * read as having none.
 */
final class FlatSpecJson {
    private FlatSpecJson() {}

    static VaeSpec read(JsonReader reader, int version) {
        return VaeSpec.builder(reader.integer("inputSize"), reader.integer("latentSize"))
                .encoder(reader.integers("encoderSizes"))
                .decoder(reader.integers("decoderSizes"))
                .activation(reader.constant("activation", Activation.class))
                .likelihoods(reader.<LikelihoodGroup>objects("likelihoods", group -> readGroup(group, version)))
                .inputTransform(reader.constant("inputTransform", InputTransform.class))
                .objective(ObjectiveJson.read(reader.object("objective")))
                .missingColumns(version == 1 ? List.of() : reader.integers("missingColumns"))
                .build();
    }

    private static LikelihoodGroup readGroup(JsonReader reader, int version) {
        return version == 1
                ? new LikelihoodGroup(
                        LikelihoodGroupJson.readLikelihood(reader), reader.integer("columns"), InputScale.NONE)
                : LikelihoodGroupJson.read(reader);
    }
}
