package elbow.tune;

import elbow.base.Check;
import java.util.ArrayList;
import java.util.List;

/**
 * Successive halving of some trials: all of them are trained for the epochs of the first rung, the best for those of
 * the next, and so on (Jamieson and Talwalkar, Non-stochastic best arm identification and hyperparameter optimization,
 * AISTATS 2016).
 *
 * @param rungs the first one first, at least one
 */
public record Bracket(List<Rung> rungs) {
    /**
     * A rung.
     *
     * @param trials how many it has, at least 1
     * @param epochs of each, at least 1
     */
    public record Rung(int trials, int epochs) {
        public Rung {
            Check.positive("trials", trials);
            Check.positive("epochs", epochs);
        }
    }

    public Bracket {
        rungs = List.copyOf(rungs);
        Check.argument(!rungs.isEmpty(), "rungs", "be at least one", 0);
    }

    /** How many trials it begins with. */
    public int trials() {
        return rungs.get(0).trials();
    }

    /** The same epochs for fewer trials. */
    Bracket of(int fewer, int reduction) {
        return halving(
                fewer, reduction, rungs.size(), rungs.get(rungs.size() - 1).epochs());
    }

    /**
     * One bracket: of {@code trials} all have {@code epochs / reduction^(rungs - 1)} epochs, a {@code reduction}-th of
     * them, rounded down but at least one, {@code reduction} times as many, and so on up to {@code epochs}.
     */
    static Bracket halving(int trials, int reduction, int rungs, int epochs) {
        List<Rung> all = new ArrayList<>();
        for (int rung = 0; rung < rungs; rung++) {
            double share = Math.pow(reduction, rungs - 1.0 - rung);
            all.add(new Rung((int) Math.max(1, Math.floor(trials / Math.pow(reduction, rung))), (int)
                    Math.max(1, Math.round(epochs / share))));
        }
        return new Bracket(all);
    }

    /**
     * The brackets of Hyperband, each of about the same cost (Li, Jamieson, DeSalvo, Rostamizadeh and Talwalkar,
     * Hyperband: a novel bandit-based approach to hyperparameter optimization, JMLR 18, 2018, algorithm 1, with s_max +
     * 1 = {@code rungs}): for s from {@code rungs} - 1 down to 0 one of {@code ceil((s_max + 1) reduction^s / (s + 1))}
     * trials and s + 1 rungs.
     */
    static List<Bracket> hyperband(int reduction, int rungs, int epochs) {
        List<Bracket> brackets = new ArrayList<>();
        for (int s = rungs - 1; s >= 0; s--) {
            double trials = Math.ceil(rungs * Math.pow(reduction, s) / (s + 1));
            brackets.add(halving((int) trials, reduction, s + 1, epochs));
        }
        return brackets;
    }
}
