package elbow.failure;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.fault.Fault;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.SparkException;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.execution.datasources.SchemaColumnConvertNotSupportedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import scala.collection.immutable.Map.Map1;

class KnownFailuresTest {
    private static final String JOB =
            "Job aborted due to stage failure: Task 0 in stage 1.0 failed 4 times, most recent"
                    + " failure: Lost task 0.3 in stage 1.0 (TID 7) (host executor 1): ";

    static Stream<Arguments> failuresOfMachines() {
        return Stream.of(
                Arguments.of(
                        "a full disk",
                        job(new IOException("No space left on device")),
                        ErrorCategory.PLATFORM,
                        "a disk is full: No space left on device: make room where the results go"),
                Arguments.of(
                        "memory of a task",
                        job(new OutOfMemoryError("Java heap space")),
                        ErrorCategory.INTERNAL,
                        "memory ran out: Java heap space: give more to the driver (spark.driver.memory)"),
                Arguments.of(
                        "memory of a container",
                        new SparkException(JOB + "ExecutorLostFailure (executor 1 exited caused by one of the running"
                                + " tasks) Reason: Container killed by YARN for exceeding memory limits. 5.5 GB of 5.5 GB"
                                + " physical memory used.\nDriver stacktrace:"),
                        ErrorCategory.INTERNAL,
                        "memory ran out: "),
                Arguments.of(
                        "an executor",
                        new SparkException(JOB + "ExecutorLostFailure (executor 1 exited caused by one of the running"
                                + " tasks) Reason: Command exited with code 137\nDriver stacktrace:"),
                        ErrorCategory.PLATFORM,
                        "an executor was lost as often as Spark tries again: ExecutorLostFailure (executor 1"),
                Arguments.of(
                        "results",
                        new SparkException(
                                "Job aborted due to stage failure: Total size of serialized results of 9 tasks"
                                        + " (1.1 GiB) is bigger than spark.driver.maxResultSize (1024.0 MiB)"),
                        ErrorCategory.INTERNAL,
                        "the results of the tasks are larger than the driver takes: raise it with the setting"),
                Arguments.of(
                        "a stage",
                        new SparkException(
                                "Job aborted due to stage failure: ShuffleMapStage 3 (count at X) has failed the"
                                        + " maximum allowable number of times: 4."),
                        ErrorCategory.PLATFORM,
                        "the cluster could not do the work: Job aborted"),
                Arguments.of(
                        "no master",
                        new SparkException("All masters are unresponsive! Giving up."),
                        ErrorCategory.PLATFORM,
                        "the cluster could not do the work: All masters are unresponsive"),
                Arguments.of(
                        "a master that is none",
                        new SparkException("Could not parse Master URL: 'here'"),
                        ErrorCategory.USAGE,
                        "Spark cannot start: Could not parse Master URL: 'here'"),
                Arguments.of(
                        "a cancelled job",
                        new SparkException("Job 5 cancelled because SparkContext was shut down"),
                        ErrorCategory.INTERNAL,
                        "the run was interrupted: Spark was stopped while it worked"),
                Arguments.of(
                        "a job that was given no executor",
                        new SparkException("Job 5 cancelled " + NoExecutor.reason(Duration.ofMinutes(30))),
                        ErrorCategory.PLATFORM,
                        "the cluster could not do the work: it has given no executor for 1800 s, and"
                                + " spark.elbow.no-executor-timeout lets the run wait no longer: "),
                Arguments.of(
                        "a session of a context that was stopped",
                        new IllegalStateException("LiveListenerBus is stopped."),
                        ErrorCategory.INTERNAL,
                        "the run was interrupted: Spark was stopped while it worked"),
                Arguments.of(
                        "reading denied",
                        new UncheckedIOException(
                                "could not look at file:/a",
                                new IOException("x", new FileNotFoundException("/a/b.csv (Permission denied)"))),
                        ErrorCategory.INPUT,
                        "a file or directory must be readable by this user, but is not: /a/b.csv (Permission denied)"),
                Arguments.of(
                        "reading denied by a store",
                        new UncheckedIOException("x", new AccessDeniedException("s3a://b/k", null, "403 Forbidden")),
                        ErrorCategory.INPUT,
                        "a file or directory must be readable by this user, but is not: s3a://b/k: 403 Forbidden"),
                Arguments.of(
                        "writing denied",
                        job(new AccessControlException(
                                "Permission denied: user=me, access=WRITE, inode=\"/out\":hdfs:hdfs:drwxr-xr-x")),
                        ErrorCategory.USAGE,
                        "what is to be written cannot be: Permission denied: user=me, access=WRITE"),
                Arguments.of(
                        "a read-only disk",
                        job(new IOException("/out/part: Read-only file system")),
                        ErrorCategory.USAGE,
                        "what is to be written cannot be: /out/part: Read-only file system"),
                Arguments.of(
                        "no such host",
                        new UncheckedIOException("x", wrap(new UnknownHostException("nowhere"))),
                        ErrorCategory.PLATFORM,
                        "another machine could not be reached: no such host: nowhere"),
                Arguments.of(
                        "nobody listens",
                        new UncheckedIOException("x", new ConnectException("Connection refused")),
                        ErrorCategory.PLATFORM,
                        "another machine could not be reached: Connection refused"),
                Arguments.of(
                        "no port",
                        new IllegalStateException(new BindException("Cannot assign requested address")),
                        ErrorCategory.INTERNAL,
                        "no port could be opened for Spark: Cannot assign requested address"),
                Arguments.of(
                        "a quota",
                        new SparkException(JOB + "org.apache.spark.SparkException: [TASK_WRITE_FAILED] Task failed\n"
                                + "Caused by: org.apache.hadoop.hdfs.protocol.DSQuotaExceededException: The DiskSpace"
                                + " quota of /out is exceeded: quota = 1048576 B\nDriver stacktrace:"),
                        ErrorCategory.PLATFORM,
                        "a disk is full: "),
                Arguments.of(
                        "a quota of names",
                        new UncheckedIOException(
                                "x",
                                new IOException(
                                        "The NameSpace quota (directories and files) of directory /out is exceeded:"
                                                + " quota=9 file count=10")),
                        ErrorCategory.PLATFORM,
                        "a disk is full: The NameSpace quota (directories and files) of directory /out is exceeded"),
                Arguments.of(
                        "safe mode",
                        new UncheckedIOException(
                                "could not write hdfs://h/out/_lock/2.json",
                                new IOException("Cannot create file/out/_lock. Name node is in safe mode.")),
                        ErrorCategory.PLATFORM,
                        "the file system takes no changes now: Cannot create file/out/_lock. Name node is in safe mode."),
                Arguments.of(
                        "no bucket",
                        new UncheckedIOException(
                                "could not look at s3a://none/x",
                                new FileNotFoundException(
                                        "Bucket none does not exist: The specified bucket does not exist"
                                                + " (Service: Amazon S3; Status Code: 404; Error Code: NoSuchBucket)")),
                        ErrorCategory.USAGE,
                        "a path must be in a bucket that exists, but is not: "));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failuresOfMachines")
    @Fault(
            section = Fault.Section.ROWS,
            fault = "a full disk, a quota, safe mode, no permission, a read-only disk, no bucket, no host, no memory",
            where = "as Spark and Hadoop report it",
            promised = "a sentence, and the exit code, by the cause")
    void whatHappensToMachinesHasItsSentence(String what, Throwable failure, ErrorCategory category, String sentence) {
        ElbowException known = KnownFailures.find(failure).orElseThrow();

        assertThat(known.category()).as(what).isEqualTo(category);
        assertThat(known).hasMessageStartingWith(sentence).hasCause(failure);
    }

    @Test
    void whatElbowHasFoundItselfIsTakenOver() {
        ElbowException found = StorageFailure.of("remove /x", new IOException("busy"));

        assertThat(KnownFailures.find(job(found))).containsSame(found);
        assertThat(KnownFailures.translate(job(found))).isSameAs(found);
    }

    static Stream<Arguments> failuresOfInput() {
        return Stream.of(
                Arguments.of(
                        reading(new FileNotFoundException("File file:/in/a.parquet does not exist")),
                        "file:/in/a.parquet is not there, though it was when the run began"),
                Arguments.of(
                        reading(new ChecksumException("Checksum error: file:/in/a.csv at 0 exp: 1 got: 2", 0)),
                        "Checksum error: file:/in/a.csv at 0 exp: 1 got: 2: its checksum file is of another content"),
                Arguments.of(
                        reading(new RuntimeException(
                                "file:/in/a.parquet is not a Parquet file. Expected magic number at tail")),
                        "file:/in/a.parquet is not a Parquet file. Expected magic number at tail"),
                Arguments.of(
                        reading(new SparkException(
                                "Parquet column cannot be converted in file file:///in/a.parquet. Column: [n]",
                                new SchemaColumnConvertNotSupportedException("[n]", "INT64", "int"))),
                        "column n must have one type in all files, but is int in the first and INT64 in"
                                + " file:///in/a.parquet"),
                Arguments.of(
                        reading(new EOFException("Unexpected end of input stream")),
                        "file:///in/a.parquet: Unexpected end of input stream"),
                Arguments.of(reading(new EOFException()), "file:///in/a.parquet: it is cut off, or damaged"));
    }

    @ParameterizedTest
    @MethodSource("failuresOfInput")
    void whatIsWrongWithAFileNamesIt(Exception failure, String sentence) {
        assertThat(KnownFailures.translate(failure))
                .isInstanceOfSatisfying(
                        ElbowException.class,
                        known -> assertThat(known.category()).isEqualTo(ErrorCategory.INPUT))
                .hasMessage("the input cannot be read: " + sentence);
        assertThat(KnownFailures.find(failure)).isPresent();
    }

    @Test
    void theOutputThatATaskWasWritingIsNotTheFileAtFault() {
        Exception failure = new SparkException(
                JOB,
                new SparkException("Task failed while writing rows to file:/out.", reading(new EOFException("cut"))));

        assertThat(KnownFailures.translate(failure)).hasMessage("the input cannot be read: file:///in/a.parquet: cut");
    }

    @Test
    void aDefectStaysOne() {
        IllegalStateException defect = new IllegalStateException("index must be below 3, but is 7");

        assertThat(KnownFailures.find(defect)).isEmpty();
        assertThat(KnownFailures.find(job(defect))).isEmpty();
        assertThat(KnownFailures.translate(defect)).isSameAs(defect);
    }

    static Stream<Exception> exceptionsThatInputThrowsToo() {
        return Stream.of(
                new EOFException("end of a spill file"),
                new FileNotFoundException("/tmp/blockmgr-1/0c/shuffle_0_0_0.data (No such file or directory)"),
                new ZipException("no such entry"),
                analysis());
    }

    @ParameterizedTest
    @MethodSource("exceptionsThatInputThrowsToo")
    void whatNamesNoInputIsADefectInAJobAndTheInputsFaultInAReader(Exception failure) {
        assertThat(KnownFailures.find(failure)).isEmpty();
        assertThat(KnownFailures.find(job(failure))).isEmpty();
        assertThat(KnownFailures.translate(job(failure))).isNotInstanceOf(ElbowException.class);
        assertThat(KnownFailures.ofReader(job(failure)))
                .isInstanceOfSatisfying(
                        ElbowException.class,
                        known -> assertThat(known.category()).isEqualTo(ErrorCategory.INPUT));
    }

    @Test
    void memoryIsTheUsersOnlyWhereSparkAsksForMore() {
        assertThat(KnownFailures.find(new IllegalArgumentException("System memory 1 must be at least 2")))
                .hasValueSatisfying(known -> assertThat(known.category()).isEqualTo(ErrorCategory.USAGE));
        assertThat(KnownFailures.find(new IllegalArgumentException("System memory is read")))
                .isEmpty();
    }

    @Test
    void codesAndSuggestionsOfSparkAreLeftOut() {
        assertThat(KnownFailures.plain(
                        new IllegalStateException("[UNRESOLVED_COLUMN.WITH_SUGGESTION] A column or function"
                                + " parameter with name `c` cannot be resolved. Did you mean one of the following? [`a`,"
                                + " `elbow.file`].; line 1 pos 0;\n'Filter")))
                .isEqualTo("A column or function parameter with name `c` cannot be resolved");
    }

    private static Exception analysis() {
        return new AnalysisException("UNRESOLVED_COLUMN.WITHOUT_SUGGESTION", new Map1<>("objectName", "`elbow.row`"));
    }

    private static SparkException job(Throwable cause) {
        return new SparkException(JOB + cause, cause);
    }

    private static SparkException reading(Throwable cause) {
        return new SparkException(
                JOB + cause,
                new SparkException("Encountered error while reading file file:///in/a.parquet. Details:", cause));
    }

    private static IOException wrap(Exception cause) {
        return new IOException("failed on connection exception", cause);
    }
}
