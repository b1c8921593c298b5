package elbow.job.run;

import elbow.job.console.Figures;
import elbow.job.console.Table;
import elbow.model.GroupNetworks;
import elbow.model.Manifest;
import elbow.model.TrainedGroup;
import elbow.model.TrainedModel;
import java.util.Comparator;
import java.util.Locale;

/** What a training run took and reached, as figures. */
final class TrainingFigures {
    /** Groups that a table shows, those with the most rows. */
    private static final int SHOWN_GROUPS = 20;

    private TrainingFigures() {}

    /** @param elbo what the ELBO at the end is called */
    static Figures of(Manifest.TrainingSummary training, String elbo) {
        return new Figures()
                .add("seconds", training.seconds())
                .add("examplesPerSecond", training.examplesPerSecond())
                .add("elboBefore", training.elboBefore())
                .add(elbo, training.elbo())
                .add("reconstruction", training.reconstruction())
                .add("kl", training.kl())
                .add("activeUnits", training.activeUnits());
    }

    /** What became of the groups; nothing for a model of one network. */
    static Figures groups(TrainedModel model) {
        Figures figures = new Figures();
        model.groups()
                .ifPresent(groups -> figures.add("groupBy", String.join(", ", groups.columns()))
                        .add("groups", groups.groups().size())
                        .add("groupsWithOwnNetworks", groups.networks())
                        .add("groupsWithFewRows", groups.count(TrainedGroup.Fate.FEW_ROWS))
                        .add("groupsNotBetter", groups.count(TrainedGroup.Fate.NOT_BETTER))
                        .add("groupsNotFinite", groups.count(TrainedGroup.Fate.NOT_FINITE))
                        .add("groupsWithoutThreshold", groups.count(TrainedGroup.Fate.NO_THRESHOLD))
                        .add(
                                "groupBytes",
                                groups.files().stream()
                                        .mapToLong(file -> file.length)
                                        .sum()));
        return figures;
    }

    /** The groups with the most rows. */
    static Table table(GroupNetworks groups) {
        Table table = new Table("group", "rows", "held out", "gain in nats", "threshold", "scored by");
        groups.groups().stream()
                .sorted(Comparator.comparingLong(TrainedGroup::rows).reversed().thenComparing(TrainedGroup::key))
                .limit(SHOWN_GROUPS)
                .forEach(group -> table.row(
                        group.name(),
                        String.format(Locale.ROOT, "%,d", group.rows()),
                        String.format(Locale.ROOT, "%,d", group.heldOutRows()),
                        Double.isNaN(group.gain()) ? "-" : String.format(Locale.ROOT, "%.3f", group.gain()),
                        group.network()
                                .map(own -> String.format(
                                        Locale.ROOT, "%.3f", own.calibration().threshold()))
                                .orElse("-"),
                        group.fate().words()));
        int left = groups.groups().size() - SHOWN_GROUPS;
        if (left > 0) {
            table.row(String.format(Locale.ROOT, "(%,d more)", left), "", "", "", "", "");
        }
        return table;
    }
}
