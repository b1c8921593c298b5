package elbow.job.version;

import elbow.job.command.JobCommand;
import elbow.job.console.Figures;
import elbow.job.run.Session;
import elbow.model.ModelDirectory;
import elbow.model.TrainedModel;
import elbow.signature.SigningKey;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "sign",
        customSynopsis =
                "${PARENT-COMMAND-FULL-NAME} [spark-submit options] sign --model URI --sign-with KEYSTORE[#ALIAS]",
        header = "Signs a model, so that others know who answers for it.",
        description = "%nLoads the model, which must be whole, and signs the names and digests of all files of its"
                + " directory. What is added or changed later, such as a calibration, must be signed again. See"
                + " --require-signature.",
        footer = {"", "Example:", "  jobs/elbow sign --model models/cardio --sign-with keys.p12#models"})
public final class SignCommand implements JobCommand {
    @Option(names = "--model", required = true, paramLabel = "URI", description = "Directory of the model.")
    private String model = "";

    @Option(
            names = "--sign-with",
            required = true,
            paramLabel = "KEYSTORE[#ALIAS]",
            description = "PKCS12 keystore with the key; its password is in ELBOW_KEYSTORE_PASSWORD, or in the file of"
                    + " ELBOW_KEYSTORE_PASSWORD_FILE.")
    private String keystore = "";

    @Override
    public int run(Session session) {
        Configuration hadoop = session.spark().sparkContext().hadoopConfiguration();
        SigningKey key = SigningKey.open(keystore, System.getenv(), hadoop);
        // A model that is not signed yet, or not any more, is what this command is for.
        ModelDirectory directory = ModelDirectory.unsigned(model, hadoop);
        TrainedModel signed = directory.load();
        int files = key.sign(directory.place());
        session.console()
                .print(new Figures()
                        .add("modelId", signed.manifest().modelId())
                        .add("signer", key.signer())
                        .add("files", files)
                        .add("model", directory.place().toString())
                        .render());
        return 0;
    }
}
