package elbow.report;

import elbow.base.Check;
import elbow.model.HistoryEntry;
import elbow.model.LatentGaps;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that the report of a training run shows. Equal contents give an equal page, so nothing here may hold the
 * time of day unless the caller wants it shown.
 *
 * @param title heading of the page
 * @param modelId identifies the model; the first 12 hex digits of its checksum
 * @param measure what the model's likelihoods measure
 * @param scoredColumns encoded columns that the reconstruction sums over; at least 1
 * @param facts one-line facts about data, network and run, shown in this order
 * @param history states of the network in the order of training; at least one, the untrained network first
 * @param kept index in {@code history} of the state that became the model
 * @param scores anomaly scores of held-out rows
 * @param images images to look at, for a model of images
 * @param columns the input's columns in their order; empty for a model of images
 * @param gaps how far what latents are drawn from is from the posteriors of held-out rows; empty if not measured
 */
public record TrainingReport(
        String title,
        String modelId,
        ScoreMeasure measure,
        int scoredColumns,
        Map<String, String> facts,
        List<HistoryEntry> history,
        int kept,
        Optional<HeldOutScores> scores,
        Optional<ImagePanel> images,
        List<ReportedColumn> columns,
        Optional<LatentGaps> gaps) {
    public TrainingReport {
        Check.positive("scoredColumns", scoredColumns);
        Check.argument(!history.isEmpty(), "history", "have at least one entry", history.size());
        Check.argument(
                kept >= 0 && kept < history.size(),
                "kept",
                "be an index below " + history.size() + " in history",
                kept);
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        history = List.copyOf(history);
        columns = List.copyOf(columns);
    }

    /** One whose gaps were not measured. */
    public TrainingReport(
            String title,
            String modelId,
            ScoreMeasure measure,
            int scoredColumns,
            Map<String, String> facts,
            List<HistoryEntry> history,
            int kept,
            Optional<HeldOutScores> scores,
            Optional<ImagePanel> images,
            List<ReportedColumn> columns) {
        this(title, modelId, measure, scoredColumns, facts, history, kept, scores, images, columns, Optional.empty());
    }

    /** This with those gaps. */
    public TrainingReport withGaps(Optional<LatentGaps> found) {
        return new TrainingReport(
                title, modelId, measure, scoredColumns, facts, history, kept, scores, images, columns, found);
    }

    HistoryEntry keptEntry() {
        return history.get(kept);
    }
}
