package elbow.failure;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.fault.Fault;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.util.stream.Stream;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StorageFailureTest {
    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new IOException("lease expired"), ErrorCategory.PLATFORM, "lease expired"),
                Arguments.of(new FileNotFoundException("/a/b"), ErrorCategory.PLATFORM, "/a/b"),
                Arguments.of(
                        new IOException("No space left on device"),
                        ErrorCategory.PLATFORM,
                        "a disk is full: No space left on device: make room where the results go and where Spark keeps"
                                + " its own files (spark.local.dir)"),
                Arguments.of(
                        new ConnectException("Connection refused"),
                        ErrorCategory.PLATFORM,
                        "another machine could not be reached: Connection refused"),
                Arguments.of(
                        new AccessDeniedException("/a/b"),
                        ErrorCategory.INPUT,
                        "a file or directory must be readable by this user, but is not: /a/b"),
                Arguments.of(
                        new AccessControlException("user=me, access=WRITE"),
                        ErrorCategory.USAGE,
                        "what is to be written cannot be: user=me, access=WRITE"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    @Fault(
            section = Fault.Section.ROWS,
            fault = "a full disk, a quota, safe mode, no permission, a read-only disk, no bucket, no host, no memory",
            where = "as Spark and Hadoop report it",
            promised = "a sentence, and the exit code, by the cause")
    void aFailureIsOfTheCategoryOfItsCauseAndSaysWhatCouldNotBeDone(
            IOException failure, ErrorCategory category, String reason) {
        ElbowException error = StorageFailure.of("write /out/x", failure);

        assertThat(error.category()).isEqualTo(category);
        assertThat(error).hasMessage("could not write /out/x: " + reason).hasCause(failure);
    }

    @Test
    void aFailedReadOfInputIsTheInputsFaultIfItIsDamaged() {
        assertThat(InputFailure.of("/in/x", new EOFException("cut")))
                .hasMessage("the input cannot be read: /in/x: cut")
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.INPUT));
        assertThat(InputFailure.of("/in/x", new IOException("lease expired")))
                .hasMessage("could not read /in/x: lease expired")
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.PLATFORM));
    }
}
