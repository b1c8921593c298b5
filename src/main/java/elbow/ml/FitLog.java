package elbow.ml;

import elbow.fit.FitListener;
import elbow.fit.PlannedFit;
import elbow.model.HistoryEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what a fit says of itself to the log. */
final class FitLog implements FitListener {
    private static final Logger LOGGER = LoggerFactory.getLogger(VariationalAutoencoder.class);

    private final String uid;

    FitLog(String uid) {
        this.uid = uid;
    }

    @Override
    public void planned(PlannedFit planned) {
        LOGGER.info(
                "{}: {} rows to train on and {} held out, {}; network {}",
                uid,
                planned.trainingRows(),
                planned.validationRows(),
                planned.describeColumns(),
                planned.network());
    }

    @Override
    public void noted(String remark) {
        LOGGER.info("{}: {}", uid, remark);
    }

    @Override
    public void warned(String message) {
        LOGGER.warn("{}: {}", uid, message);
    }

    @Override
    public void measured(HistoryEntry entry) {
        LOGGER.info("{}: measured {}", uid, entry);
    }
}
