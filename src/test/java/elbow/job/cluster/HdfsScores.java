package elbow.job.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.SharedSpark;
import elbow.job.CommandLineRun;
import elbow.job.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * Rows, a model and its scores in a directory of an HDFS, and commands of this process that score them again. The model
 * is trained once in a test's directory.
 */
final class HdfsScores {
    private final DistributedFileSystem files;
    private final Path directory;
    private final CommandLineRun command;
    private final List<Double> scores;
    private final Map<String, Long> sizes;

    /** Puts all of it there. */
    HdfsScores(java.nio.file.Path here, DistributedFileSystem files, String place) throws IOException {
        SharedSpark.session();
        this.files = files;
        directory = files.makeQualified(new Path(place));
        command = new CommandLineRun(here);
        java.nio.file.Path model = here.resolve("waves");
        if (Files.notExists(model)) {
            command.writeWaves("waves.csv");
            TestModels.train(here.resolve("waves.csv"), model, "-D", "training.epochs=2");
        }
        files.mkdirs(directory);
        files.copyFromLocalFile(new Path(here.resolve("waves.csv").toUri()), rows());
        files.copyFromLocalFile(new Path(model.toUri()), model());
        assertThat(score()).as(errors()).isZero();
        scores = read();
        sizes = look();
    }

    /** The same scores, for another command at the same time. */
    HdfsScores(java.nio.file.Path here, HdfsScores others) {
        files = others.files;
        directory = others.directory;
        command = new CommandLineRun(here);
        scores = others.scores;
        sizes = others.sizes;
    }

    DistributedFileSystem files() {
        return files;
    }

    Path directory() {
        return directory;
    }

    /** Where the scores are. */
    Path output() {
        return new Path(directory, "scores");
    }

    private Path rows() {
        return new Path(directory, "rows.csv");
    }

    private Path model() {
        return new Path(directory, "model");
    }

    /** Scores the rows; gives the exit code. */
    int score(String... more) {
        List<String> words = new ArrayList<>(List.of("--model", model().toString(), "--input", rows().toString()));
        words.addAll(List.of("--output", output().toString()));
        words.addAll(List.of(more));
        return command.run("score", words.toArray(String[]::new));
    }

    /** What the last command printed as errors. */
    String errors() {
        return command.errors();
    }

    /** Does something as a user who owns nothing there; tests are run by whom HDFS lets do everything. */
    void asAnotherUser(Runnable work) throws IOException {
        UserGroupInformation before = UserGroupInformation.getLoginUser();
        UserGroupInformation.setLoginUser(UserGroupInformation.createRemoteUser("guest"));
        try {
            work.run();
        } finally {
            UserGroupInformation.setLoginUser(before);
        }
    }

    /** The directory has the files that it had, and no others, hidden ones among them. */
    void requireUnchanged() throws IOException {
        assertThat(look()).isEqualTo(sizes);
        assertThat(read()).isEqualTo(scores);
    }

    /** The scores are those of the first time, and nothing is beside them. */
    void requireSameScores() throws IOException {
        assertThat(read()).isEqualTo(scores);
        assertThat(files.listStatus(directory)).hasSize(3);
    }

    private List<Double> read() {
        return SharedSpark.session()
                .read()
                .parquet(output().toString())
                .select("anomaly_score")
                .collectAsList()
                .stream()
                .map(row -> row.getDouble(0))
                .sorted()
                .toList();
    }

    private Map<String, Long> look() throws IOException {
        Map<String, Long> found = new TreeMap<>();
        RemoteIterator<LocatedFileStatus> all = files.listFiles(directory, true);
        while (all.hasNext()) {
            LocatedFileStatus file = all.next();
            found.put(file.getPath().toString(), file.getModificationTime());
        }
        return found;
    }
}
