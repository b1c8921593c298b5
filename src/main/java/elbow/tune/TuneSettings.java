package elbow.tune;

import elbow.base.Check;
import elbow.base.Configuration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The section {@code tune} of a configuration, but for the space.
 *
 * @param objective what trials are compared by
 * @param method how they are given epochs
 * @param trials that halving begins with
 * @param reduction factor of epochs and of trials from one rung to the next
 * @param rungs how many there are
 * @param samples posterior samples of each held-out row
 * @param parallel trials at the same time; empty: as many as fill the cores
 */
record TuneSettings(
        TuningObjective objective,
        Method method,
        int trials,
        int reduction,
        int rungs,
        int samples,
        OptionalInt parallel) {
    /** How trials are given epochs. */
    enum Method {
        HALVING,
        HYPERBAND
    }

    static TuneSettings of(Configuration configuration) {
        int reduction = configuration.positiveInt("tune.reduction");
        Check.usage(reduction >= 2, "tune.reduction", "be a whole number of at least 2", reduction);
        return new TuneSettings(
                configuration.choice("tune.objective", TuningObjective.class),
                configuration.choice("tune.method", Method.class),
                configuration.positiveInt("tune.trials"),
                reduction,
                configuration.positiveInt("tune.rungs"),
                configuration.positiveInt("tune.samples"),
                configuration.positiveIntOrAuto("tune.parallel"));
    }

    /**
     * The brackets of a search whose longest trials have so many epochs.
     *
     * @throws elbow.base.ElbowException of category USAGE if the first rung would have none
     */
    List<Bracket> brackets(int epochs) {
        double factor = Math.pow(reduction, rungs - 1.0);
        Check.usage(
                factor <= epochs,
                "tune.rungs",
                "leave the first rung an epoch: with " + epochs + " epochs (training.epochs) and tune.reduction = "
                        + reduction + " be at most " + most(epochs),
                rungs);
        return method == Method.HALVING
                ? List.of(Bracket.halving(trials, reduction, rungs, epochs))
                : Bracket.hyperband(reduction, rungs, epochs);
    }

    private int most(int epochs) {
        int count = 1;
        for (long needed = reduction; needed <= epochs; needed *= reduction) {
            count++;
        }
        return count;
    }

    /** What decides on the result, by key. */
    SortedMap<String, String> asTexts() {
        SortedMap<String, String> texts = new TreeMap<>();
        texts.put("tune.objective", objective.toString().toLowerCase(Locale.ROOT));
        texts.put("tune.method", method.toString().toLowerCase(Locale.ROOT));
        if (method == Method.HALVING) {
            texts.put("tune.trials", Integer.toString(trials));
        }
        texts.put("tune.reduction", Integer.toString(reduction));
        texts.put("tune.rungs", Integer.toString(rungs));
        texts.put("tune.samples", Integer.toString(samples));
        return texts;
    }
}
