package elbow.job.command;

import elbow.job.run.CalibrateRequest;
import elbow.job.run.CalibrateRun;
import elbow.job.run.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "calibrate",
        customSynopsis =
                "${PARENT-COMMAND-FULL-NAME} [spark-submit options] calibrate --model URI --input URI... [options]",
        header = "Measures anew what is normal for a trained model, without training.",
        description =
                "%nScores reference rows and writes thresholds, tail probabilities and normal contributions as a new"
                        + " calibration file beside the model's others; from then on it is the one in force. The network"
                        + " and the model_id stay. The keys of the section scoring choose the threshold's rule; those"
                        + " that are not given are as in training.",
        footer = {
            "",
            "Example:",
            "  jobs/elbow calibrate --model models/cardio --input data/anomaly/cardio.csv.gz --where 'label = 0'"
        })
public final class CalibrateCommand implements JobCommand {
    @Option(names = "--model", required = true, paramLabel = "URI", description = "Directory of the model.")
    private String model = "";

    @Mixin
    private RowOptions options = new RowOptions();

    @Mixin
    private ConfigurationOptions configuration = new ConfigurationOptions();

    @Override
    public int run(Session session) {
        configuration.warnOfUnread("calibrate", CalibrateRun::heeds, session);
        return CalibrateRun.run(
                new CalibrateRequest(
                        model, options.input(session), options.samples(), options.quarantine(), options.json()),
                trained -> configuration.overScoring(trained, session),
                session);
    }
}
