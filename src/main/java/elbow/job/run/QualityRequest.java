package elbow.job.run;

import elbow.base.Check;
import elbow.base.Parameter;
import elbow.data.source.ReadRequest;
import java.util.Optional;

/**
 * What {@code evaluate --synthetic} is asked to do.
 *
 * @param real rows that the synthetic ones stand for
 * @param synthetic rows to judge
 * @param holdout real rows that the synthetic ones were not made from; empty: there are none
 * @param target column to learn from the others; empty: none
 * @param json file for all figures; empty: none
 * @param report file for the HTML report; empty: none
 */
public record QualityRequest(
        ReadRequest real,
        ReadRequest synthetic,
        Optional<ReadRequest> holdout,
        Optional<String> target,
        Optional<String> json,
        Optional<String> report) {
    public QualityRequest {
        Check.usage(
                target.isEmpty() || holdout.isPresent(),
                Parameter.HOLDOUT,
                "be given with a target: what is learned is tried on held-out rows",
                "not given");
    }
}
