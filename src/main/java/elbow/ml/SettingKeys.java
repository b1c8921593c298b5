package elbow.ml;

import static java.util.Map.entry;

import elbow.base.JsonReader;
import elbow.base.KeyComments;
import elbow.data.feature.NumberLikelihood;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which params are keys of {@code reference.conf}; their defaults and docs are those of the keys. */
final class SettingKeys {
    // Names are part of what is saved: they stay.
    private static final Map<String, String> ONE_BY_ONE = Map.ofEntries(
            entry("seed", "seed"),
            entry("validationFraction", "data.validation-fraction"),
            entry("missing", "data.missing"),
            entry("numericShare", "data.numeric-share"),
            entry("maximumCategories", "data.maximum-categories"),
            entry("maximumLevels", "data.maximum-levels"),
            entry("largestCount", "data.largest-count"),
            entry("commonShare", "data.common-share"),
            entry("commonValues", "data.common-values"),
            entry("unusable", "data.unusable"),
            entry("conditions", "data.conditions"),
            entry("groupBy", "data.group-by"),
            entry("groupLeastRows", "data.group-least-rows"),
            entry("realCols", "data.types.real"),
            entry("positiveCols", "data.types.positive"),
            entry("countCols", "data.types.count"),
            entry("binaryCols", "data.types.binary"),
            entry("ordinalCols", "data.types.ordinal"),
            entry("categoricalCols", "data.types.categorical"),
            entry("timeCols", "data.types.time"),
            entry("levels", "data.levels"),
            entry("imageHeight", "data.image.height"),
            entry("imageWidth", "data.image.width"),
            entry("imageChannels", "data.image.channels"),
            entry("imageBinarise", "data.image.binarise"),
            entry("imageLikelihood", "data.image.likelihood"),
            entry("network", "model.network"),
            entry("convolutionChannels", "model.convolution.channels"),
            entry("convolutionKernel", "model.convolution.kernel"),
            entry("convolutionStrides", "model.convolution.strides"),
            entry("latentSize", "model.latent-size"),
            entry("encoderSizes", "model.encoder-sizes"),
            entry("decoderSizes", "model.decoder-sizes"),
            entry("activation", "model.activation"),
            entry("variance", "model.variance"),
            entry("varianceFloor", "model.variance-floor"),
            entry("hierarchy", "model.hierarchy"),
            entry("upperLatentSizes", "model.upper-latent-sizes"),
            entry("upperUnits", "model.upper-units"),
            entry("upperHiddenLayers", "model.upper-hidden-layers"),
            entry("prior", "model.prior"),
            entry("priorComponents", "model.prior-components"),
            entry("priorCouplings", "model.prior-couplings"),
            entry("priorUnits", "model.prior-units"),
            entry("posterior", "model.posterior"),
            entry("posteriorSteps", "model.posterior-steps"),
            entry("posteriorUnits", "model.posterior-units"),
            entry("beta", "objective.beta"),
            entry("freeBits", "objective.free-bits"),
            entry("freeBitsScope", "objective.free-bits-scope"),
            entry("capacity", "objective.capacity"),
            entry("capacitySteps", "objective.capacity-steps"),
            entry("objectiveSamples", "objective.samples"),
            entry("importanceWeighted", "objective.importance-weighted"),
            entry("maskShare", "objective.mask-share"),
            entry("klSchedule", "objective.kl-schedule"),
            entry("klWarmUpSteps", "objective.kl-warm-up-steps"),
            entry("master", "training.master"),
            entry("replicas", "training.replicas"),
            entry("epochs", "training.epochs"),
            entry("batchSize", "training.batch-size"),
            entry("averagingFrequency", "training.averaging-frequency"),
            entry("outerOptimizer", "training.outer.optimizer"),
            entry("outerLearningRate", "training.outer.learning-rate"),
            entry("outerMomentum", "training.outer.momentum"),
            entry("outerMoments", "training.outer.moments"),
            entry("learningRate", "training.learning-rate"),
            entry("learningRateShape", "training.learning-rate-schedule.shape"),
            entry("learningRateWarmUpSteps", "training.learning-rate-schedule.warm-up-steps"),
            entry("learningRateFinalFraction", "training.learning-rate-schedule.final-fraction"),
            entry("learningRateStepEvery", "training.learning-rate-schedule.step-every"),
            entry("learningRateStepFactor", "training.learning-rate-schedule.step-factor"),
            entry("robust", "training.robust"),
            entry("robustShare", "training.robust-share"),
            entry("optimizer", "training.optimizer"),
            entry("precision", "training.precision"),
            entry("measureEvery", "training.measure-every"),
            entry("earlyStopping", "training.early-stopping"),
            entry("tensorboard", "training.tensorboard"),
            entry("scoringSamples", "scoring.samples"),
            entry("anomalyScore", "scoring.anomaly-score"),
            entry("marginalWeight", "scoring.marginal-weight"),
            entry("neighbourWeight", "scoring.neighbour-weight"),
            entry("neighbourhood", "scoring.neighbourhood"),
            entry("thresholdRule", "scoring.threshold"),
            entry("thresholdQuantile", "scoring.threshold-quantile"),
            entry("contamination", "scoring.contamination"),
            entry("tailRisk", "scoring.tail-risk"),
            entry("tailQuantile", "scoring.tail-quantile"),
            entry("tailFit", "scoring.tail-fit"),
            entry("latentDensity", "generation.latent-density"),
            entry("margins", "generation.margins"),
            entry("reportImages", "report.images"));

    /** Key by the name of the param that lists the columns of a likelihood. */
    static final Map<String, String> LIKELIHOODS = Arrays.stream(NumberLikelihood.values())
            .collect(Collectors.toUnmodifiableMap(
                    likelihood -> JsonReader.camelCase(likelihood) + "Cols", NumberLikelihood::key));

    /** Key by the name of its param. */
    static final Map<String, String> BY_NAME = Stream.of(ONE_BY_ONE, LIKELIHOODS)
            .flatMap(keys -> keys.entrySet().stream())
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    /** Sections and keys that are no params, with the reason. */
    static final Map<String, String> NO_PARAMS = Map.of(
            "batch",
            "of scheduled batches",
            "refresh",
            "of the command train, where it starts from a model",
            "tune",
            "what the command tune tries: a pipeline has CrossValidator",
            "training.checkpoint-rounds",
            "a fit of Spark ML leaves no checkpoints: the command train does");

    private SettingKeys() {}

    /** The key of a param. */
    static String of(String name) {
        String key = BY_NAME.get(name);
        if (key == null) {
            throw new IllegalArgumentException("no such param: " + name);
        }
        return key;
    }

    /** What reference.conf says of the param's key, without the words of the command line. */
    static String doc(String name) {
        return KeyComments.of(of(name))
                .replaceAll("; --[a-z-]+ overrides it(?=\\.)", "")
                .replaceAll(" --[a-z-]+ overrides it\\.", "")
                .replaceAll(" \\(--[a-z-]+ [a-z ]+\\.\\)", "");
    }
}
