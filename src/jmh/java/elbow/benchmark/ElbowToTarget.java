package elbow.benchmark;

import elbow.model.HistoryEntry;
import elbow.train.progress.TrainingListener;
import java.util.ArrayList;
import java.util.List;

/** Runs of Elbow's trainer that end as soon as the test ELBO is what it is to be. */
final class ElbowToTarget {
    private static final int WARM_UP_PASSES = 3;

    private ElbowToTarget() {}

    /** Thrown through the trainer, which has no other way to be told that it is enough. */
    private static final class Reached extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    static PeerRun run(
            ReplicaTraining training, List<String> settings, double target, int passes, PeerRun.Progress progress) {
        training.run(with(settings, WARM_UP_PASSES));
        List<HistoryEntry> entries = new ArrayList<>();
        try {
            training.run(with(settings, passes), new TrainingListener() {
                @Override
                public void measured(HistoryEntry entry) {
                    entries.add(entry);
                    if (entry.epoch() > 0) {
                        progress.passed(entry.epoch(), entry.seconds(), entry.elbo());
                    }
                    if (entry.elbo() >= target) {
                        throw new Reached();
                    }
                }
            });
        } catch (Reached enough) {
            // What it was to do is done.
        }
        HistoryEntry last = entries.get(entries.size() - 1);
        return new PeerRun(
                last.examples() / last.seconds(), last.epoch(), last.seconds(), last.elbo(), last.elbo() >= target);
    }

    private static List<String> with(List<String> settings, int epochs) {
        List<String> all = new ArrayList<>(settings);
        all.add("training.epochs=" + epochs);
        return all;
    }
}
