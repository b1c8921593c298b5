package elbow.tune;

import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * What a search will do, known before training.
 *
 * @param objective what trials are compared by
 * @param space what is tried for each key, in words
 * @param brackets how many trials get how many epochs
 * @param trials all of them, by number
 * @param columns the columns in words
 * @param trainingRows how many rows are trained on
 * @param validationRows how many are held out
 * @param replicas of each trial
 * @param parallel trials at the same time
 */
public record TuningPlan(
        TuningObjective objective,
        SortedMap<String, String> space,
        List<Bracket> brackets,
        List<Trial> trials,
        String columns,
        long trainingRows,
        long validationRows,
        int replicas,
        int parallel) {
    public TuningPlan {
        brackets = List.copyOf(brackets);
        trials = List.copyOf(trials);
    }

    /** The trials of a bracket, by number. */
    public List<Trial> of(int bracket) {
        return trials.stream().filter(trial -> trial.bracket() == bracket).toList();
    }

    /**
     * The brackets in words: "27 trials of 10 epochs, 9 trials of 30 epochs, 3 trials of 90 epochs, and the
     * configuration as it is for 30 and 90 epochs".
     */
    public String describeBrackets() {
        String along = rungsOfBaseline().stream()
                .map(rung -> Integer.toString(rung.epochs()))
                .collect(Collectors.joining(" and "));
        return words() + (along.isEmpty() ? "" : ", and the configuration as it is for " + along + " epochs");
    }

    // Where it goes along whether or not it is among the best; it begins in the first bracket.
    private List<Bracket.Rung> rungsOfBaseline() {
        Bracket first = brackets.get(0);
        return first.rungs().stream()
                .filter(rung -> rung.trials() < first.trials())
                .toList();
    }

    private String words() {
        return brackets.stream()
                .map(bracket -> bracket.rungs().stream()
                        .map(rung -> rung.trials() + " trials of " + rung.epochs() + " epochs")
                        .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
    }

    /** Epochs of all trainings together, if none fails and the configuration as it is is never among the best. */
    public long epochs() {
        long along = rungsOfBaseline().stream().mapToLong(Bracket.Rung::epochs).sum();
        return along
                + brackets.stream()
                        .flatMap(bracket -> bracket.rungs().stream())
                        .mapToLong(rung -> (long) rung.trials() * rung.epochs())
                        .sum();
    }
}
