package elbow.tune;

import elbow.base.ConfigurationText;
import elbow.files.MarkerFiles;
import elbow.files.Place;
import elbow.report.HtmlReport;
import elbow.report.TuningReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a search leaves for people: the winner's configuration, all trials, and a page. */
public final class TuningFiles {
    /** The winner's configuration. */
    public static final String WINNER = "winner.conf";

    private static final String TRIALS = "trials.json";
    private static final String REPORT = "report.html";

    /** All of them. */
    static final List<String> NAMES = List.of(WINNER, TRIALS, REPORT);

    private TuningFiles() {}

    /**
     * Writes them, each of which appears whole or not at all.
     *
     * @param directory of the search
     * @param title what was searched on
     * @param training how the winner is trained, for the comment of its configuration
     */
    static void write(TuningResult result, Place directory, String title, String training) {
        MarkerFiles files = new MarkerFiles(directory);
        String winner = winner(result, training);
        files.replace(TRIALS, TuningJson.write(result));
        files.replace(REPORT, HtmlReport.render(report(result, title, winner)));
        files.replace(WINNER, winner);
    }

    private static String winner(TuningResult result, String training) {
        TrialRun run = result.winning();
        return ConfigurationText.changes(
                result.configuration(),
                List.of(
                        String.format(
                                Locale.ROOT,
                                "The best of %d trials by %s of %,d held-out rows: trial %d, %.6g ± %.2g (%s), after %d"
                                        + " epochs.",
                                result.trials().size(),
                                result.plan().objective().title(),
                                result.plan().validationRows(),
                                run.trial(),
                                run.score(),
                                run.standardError(),
                                result.plan().objective().unit(),
                                run.epochs()),
                        "The same rows and options leave the network that was measured:",
                        "  " + training,
                        ""));
    }

    private static TuningReport report(TuningResult result, String title, String winner) {
        TuningPlan plan = result.plan();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(
                "Rows",
                String.format(
                        Locale.ROOT, "%,d to train on, %,d held out", plan.trainingRows(), plan.validationRows()));
        facts.put("Columns", plan.columns());
        facts.put("Brackets", plan.describeBrackets());
        facts.put("Replicas of a trial", Integer.toString(plan.replicas()));
        facts.put(
                "Failed",
                Long.toString(result.trials().stream()
                        .filter(trial -> trial.failure().isPresent())
                        .count()));
        facts.put(
                "Seconds of training",
                String.format(
                        Locale.ROOT,
                        "%.0f",
                        result.trials().stream()
                                .mapToDouble(RankedTrial::seconds)
                                .sum()));
        return new TuningReport(
                "Search for settings: " + title,
                plan.objective().title(),
                plan.objective().unit(),
                facts,
                plan.space(),
                winner,
                result.trials().stream().map(TuningFiles::trial).toList());
    }

    private static TuningReport.Trial trial(RankedTrial ranked) {
        return new TuningReport.Trial(
                ranked.trial().number(),
                ranked.trial().isBaseline() ? TuningReport.Role.BASELINE : TuningReport.Role.DRAWN,
                ranked.trial().describe(),
                ranked.runs().stream()
                        .filter(run -> !run.hasFailed())
                        .map(run -> new TuningReport.Score(run.epochs(), run.score(), run.standardError()))
                        .toList(),
                ranked.best().map(TrialRun::parameters).orElse(0),
                ranked.seconds(),
                ranked.failure().orElse(""));
    }
}
