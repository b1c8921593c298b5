package elbow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.Digests;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.fault.Fault;
import elbow.files.OutputDirectory;
import elbow.files.OutputDirectory.IfExists;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Model directories that nobody knows the maker of, made from one that an older build wrote. */
@Timeout(60)
class ForeignModelTest {
    private static final String NAME_OF_DIGEST = "\"%s\" : \"[0-9a-f]{64}\"";

    @TempDir
    private Path model;

    @BeforeEach
    void copy() throws IOException, URISyntaxException {
        Path saved = Path.of(Objects.requireNonNull(ForeignModelTest.class.getResource("/elbow/job/earlier/model"))
                .toURI());
        try (Stream<Path> files = Files.list(saved)) {
            for (Path file : files.toList()) {
                Files.copy(file, model.resolve(file.getFileName()));
            }
        }
    }

    @Test
    void whatAnOlderBuildWroteLoadsToTheBit() throws IOException {
        TrainedModel loaded = load();

        assertThat(loaded.manifest().modelId()).isEqualTo("d7f520b4793b");
        assertThat(loaded.network().numParams()).isEqualTo(164);
        assertThat(NetworkArchive.write(loaded.network())).isEqualTo(Files.readAllBytes(model.resolve("network.zip")));
    }

    @Test
    void anIdThatDoesNotFollowFromTheFilesIsRefused() throws IOException {
        change("manifest.json", "d7f520b4793b", "000000000000");

        assertRefused("manifest.json: modelId must be d7f520b4793b, which follows from the model's files, but is"
                + " 000000000000");
    }

    @Test
    void anEncoderChangedTogetherWithItsDigestIsRefused() throws IOException {
        change("encoder.json", "\"formatVersion\"", " \"formatVersion\"");
        seal("encoder.json");

        assertRefused("modelId must be ");
    }

    @Test
    void aNumberOfParametersThatTheNetworkHasNotIsRefused() throws IOException {
        change("manifest.json", "\"parameters\" : 164", "\"parameters\" : 1640");

        assertRefused("manifest.json: parameters must be 164, which follows from the model's files, but is 1640");
    }

    @Test
    void aNetworkLargerThanItsParametersIsNotRead() throws IOException {
        Files.write(model.resolve("network.zip"), new byte[17 << 20]);
        seal("network.zip");

        assertRefused("network.zip must have at most 16843572 bytes, but has 17825792");
    }

    @Test
    @Fault(
            section = Fault.Section.STRANGERS,
            fault = "a model with pipes, devices, directories for files",
            promised = "refused (4), and not read")
    void aDirectoryInPlaceOfAFileIsRefused() throws IOException {
        Files.delete(model.resolve("encoder.json"));
        Files.createDirectory(model.resolve("encoder.json"));

        assertRefused("encoder.json must be a regular file, but is not");
    }

    @Test
    @Fault(
            section = Fault.Section.STRANGERS,
            fault = "a model with pipes, devices, directories for files",
            promised = "refused (4), and not read")
    void pipesAndDevicesAreNotRead() throws IOException {
        Files.delete(model.resolve("encoder.json"));
        Path endless = Path.of("/dev/zero");
        if (Files.exists(endless)) {
            Files.createSymbolicLink(model.resolve("encoder.json"), endless);
        } else {
            Files.createDirectory(model.resolve("encoder.json"));
        }

        assertRefused("encoder.json must be a regular file, but is not");
    }

    @Test
    void aLinkToAFileIsReadLikeTheFile() throws IOException {
        // Mounted configurations of Kubernetes are such links.
        Path elsewhere = model.resolve("linked");
        Files.move(model.resolve("encoder.json"), elsewhere);
        Files.createSymbolicLink(model.resolve("encoder.json"), elsewhere);

        assertThat(load().manifest().modelId()).isEqualTo("d7f520b4793b");
    }

    @Test
    void aFileBelongsToTheDirectory() throws IOException {
        for (String name : new String[] {"../outside", "/etc/passwd", "http://127.0.0.1:1/x", ""}) {
            String manifest = Files.readString(model.resolve("manifest.json"));
            change(
                    "manifest.json",
                    "\"files\" : {",
                    "\"files\" : {\n    \"" + name + "\" : \"" + "0".repeat(64) + "\",");

            assertRefused("name in files must be a plain file name, but is " + name);
            Files.writeString(model.resolve("manifest.json"), manifest);
        }
    }

    @Test
    @Fault(
            section = Fault.Section.TRAINING,
            fault = "the model cannot be put in its place",
            promised = "it stays where it was written, whole, and the line says where")
    void aTrainedModelThatCannotBePutInItsPlaceStays() throws IOException {
        TrainedModel trained = load();
        ModelFiles files = new ModelFiles(trained.encoder(), trained.network());
        files.calibration(trained.calibration());
        files.history(trained.history());
        Manifest was = trained.manifest();
        Manifest manifest = new Manifest(
                was.formatVersion(),
                files.modelId(),
                was.createdAt(),
                was.network(),
                was.parameters(),
                was.seed(),
                was.anomalyScoreVersion(),
                was.versions(),
                was.settings(),
                was.data(),
                was.training(),
                files.digests());
        OutputDirectory output = ModelDirectory.toWrite(model + "/later/m", IfExists.REFUSE, new Configuration());
        Files.createDirectories(model.resolve("later/m/taken"));

        assertThatThrownBy(() -> ModelDirectory.save(files, manifest, output))
                .isInstanceOf(ElbowException.class)
                .hasMessageContainingAll(
                        "model must name a directory that does not exist yet",
                        ". The trained model is whole in " + output.staging() + ": move it to where it is to be");
        assertThat(new ModelDirectory(output.staging().toString(), new Configuration())
                        .load()
                        .manifest()
                        .modelId())
                .isEqualTo(files.modelId());
    }

    private void assertRefused(String message) {
        assertThatThrownBy(this::load)
                .isInstanceOfSatisfying(
                        ElbowException.class,
                        refused -> assertThat(refused.category()).isEqualTo(ErrorCategory.MODEL))
                .hasMessageContaining(message);
    }

    private TrainedModel load() {
        return new ModelDirectory(model.toString(), new Configuration()).load();
    }

    private void change(String name, String from, String to) throws IOException {
        String text = Files.readString(model.resolve(name));
        assertThat(text).contains(from);
        Files.writeString(model.resolve(name), text.replace(from, to));
    }

    /** Lists the file in the manifest as it is now. */
    private void seal(String name) throws IOException {
        String manifest = Files.readString(model.resolve("manifest.json"));
        String digest = Digests.sha256(Files.readAllBytes(model.resolve(name)));
        Files.writeString(
                model.resolve("manifest.json"),
                manifest.replaceAll(
                        NAME_OF_DIGEST.formatted(name.replace(".", "\\.")), "\"" + name + "\" : \"" + digest + "\""));
    }
}
