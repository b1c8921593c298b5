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

    /** The brackets in words: "27 trials of 16 epochs, 9 trials of 47 epochs". */
    public String describeBrackets() {
        return brackets.stream()
                .map(bracket -> bracket.rungs().stream()
                        .map(rung -> rung.trials() + " trials of " + rung.epochs() + " epochs")
                        .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
    }

    /** Epochs of all trainings together, if none fails. */
    public long epochs() {
        long sum = 0;
        for (int bracket = 0; bracket < brackets.size(); bracket++) {
            int begin = of(bracket).size();
            for (Bracket.Rung rung : brackets.get(bracket).rungs()) {
                sum += (long) Math.min(begin, rung.trials()) * rung.epochs();
            }
        }
        return sum;
    }
}
