package elbow.job.use;

import elbow.base.Parameter;
import elbow.export.OnnxExport;
import elbow.files.OutputDirectory;
import elbow.files.OutputDirectory.IfExists;
import elbow.files.RunPaths;
import elbow.job.console.Figures;
import elbow.job.run.Session;
import elbow.job.run.UnfinishedOutputs;
import elbow.model.ModelDirectory;
import elbow.model.TrainedModel;
import org.apache.hadoop.conf.Configuration;

/** The work of {@code export}: a model as graphs of ONNX. */
public final class ExportRun {
    private ExportRun() {}

    /**
     * Writes the graphs; returns the exit code.
     *
     * @param model directory of the model
     * @param output directory to write
     */
    public static int run(String model, String output, IfExists ifExists, Session session) {
        Configuration hadoop = session.spark().sparkContext().hadoopConfiguration();
        OutputDirectory directory = OnnxExport.directory(Parameter.OUTPUT.name(), output, ifExists, hadoop);
        UnfinishedOutputs.warn(directory, session.console());
        ModelDirectory source = new ModelDirectory(model, hadoop);
        new RunPaths().reads(source.place()).replaces(directory);
        TrainedModel trained = source.load();
        OnnxExport.write(trained, directory);
        session.console()
                .print(new Figures()
                        .add("modelId", trained.manifest().modelId())
                        .add("output", directory.path().toString())
                        .render());
        return 0;
    }
}
