package elbow.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceTest {
    @TempDir
    private Path directory;

    @Test
    void aLocalPlaceIsQualifiedAndHasThePlainFileSystem() {
        Place place = place(directory.resolve("model").toString());

        assertThat(place.path()).hasToString("file:" + directory + "/model");
        assertThat(place.files()).isInstanceOf(RawLocalFileSystem.class);
        assertThat(place).hasToString(place.path().toString());
    }

    @Test
    void whatIsThereIsListedReadAndRemoved() throws IOException {
        Files.writeString(
                Files.createDirectories(directory.resolve("model/part")).resolve("b"), "text");
        Place model = place(directory.resolve("model").toString());

        assertThat(model.exists()).isTrue();
        assertThat(model.list()).hasSize(1);
        assertThat(model.child("part/b").read()).asString().isEqualTo("text");
        assertThat(model.child("part").child("b").parent().parent().path()).isEqualTo(model.path());

        model.delete();
        assertThat(model.exists()).isFalse();
        assertThat(model.list()).isEmpty();
        assertThatThrownBy(() -> model.child("part/b").read()).isInstanceOf(FileNotFoundException.class);
        model.delete();
    }

    @Test
    void aPlaceOfAnUnknownFileSystemIsNamedByItsParameter() {
        assertThatThrownBy(() -> place("nowhere://host/model"))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.MODEL))
                .hasMessageStartingWith(
                        "model must be a path or URI of a known file system, but is \"nowhere://host/model\": ");
    }

    @Test
    void theRootOfAFileSystemIsInNoDirectory() {
        assertThatThrownBy(() -> place("/").sibling("model.checkpoints"))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.USAGE))
                .hasMessage("model must name something within a file system, but file:/ is its root; name something"
                        + " in it");
    }

    @Test
    void aFileThatCanBeWrittenIsToldFromOneThatCannot() throws IOException {
        Path file = Files.writeString(directory.resolve("report.html"), "old");
        place(file.toString()).requireWritableFile();
        place(directory.resolve("new/report.html").toString()).requireWritableFile();

        assertThatThrownBy(() -> place(directory.toString()).requireWritableFile())
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.USAGE))
                .hasMessage("model must name a file that can be written, but file:" + directory + " is a directory");
        assertThatThrownBy(() -> place(file + "/report.html").requireWritableFile())
                .hasMessageStartingWith(
                        "model must name a file that can be written, but nothing can be written to file:");
        assertThat(file).hasContent("old");
        assertThat(directory.toFile().list()).containsExactly("report.html");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "The DiskSpace quota of /q is exceeded: quota = 1 B | PLATFORM | could not write to file:D: a disk is full: The",
                "The NameSpace quota (directories and files) of directory /q is exceeded | PLATFORM"
                        + " | could not write to file:D: a disk is full: The",
                "Cannot create directory /q. Name node is in safe mode. | PLATFORM"
                        + " | could not write to file:D: the file system takes no changes now: Cannot",
                "Read-only file system | USAGE"
                        + " | model must name a directory, but nothing can be written to file:D: Read-only file system",
                "what nobody knows | USAGE"
                        + " | model must name a directory, but nothing can be written to file:D: what nobody knows",
            })
    void whereNothingCanBeWrittenNowTheRunMayBeStartedAgainLater(String fault, ErrorCategory category, String said) {
        FilterFileSystem files = new FilterFileSystem(new RawLocalFileSystem()) {
            @Override
            public boolean mkdirs(org.apache.hadoop.fs.Path path) throws IOException {
                throw new IOException(fault);
            }
        };
        Place here = place(directory.toString());
        Place place = new Place(here.parameter(), files, here.path());

        assertThatThrownBy(() -> place.requireWritable("a directory"))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(category))
                .hasMessageStartingWith(said.replace(":D:", ":" + directory + ":"));
    }

    @ParameterizedTest
    @CsvSource({
        "file:///, LocalDisk",
        "hdfs://host:9000, RenamingFileSystem",
        "viewfs://cluster, RenamingFileSystem",
        "abfss://container@account.net, RenamingFileSystem",
        "s3a://bucket, ObjectStore",
        "S3://bucket, ObjectStore",
        "gs://bucket, ObjectStore",
    })
    void theKindOfAFileSystemGoesByItsScheme(String uri, String kind) {
        FilterFileSystem files = new FilterFileSystem(new RawLocalFileSystem()) {
            @Override
            public URI getUri() {
                return URI.create(uri);
            }
        };

        assertThat(FileSystemKind.of(files).getClass().getSimpleName()).isEqualTo(kind);
    }

    private static Place place(String uri) {
        return Place.of("model", uri, ErrorCategory.MODEL, new Configuration());
    }
}
