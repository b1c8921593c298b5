package elbow.fault;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What goes wrong in a test and what Elbow promises then: a row of the page faults.md, shared by tests that say the
 * same. What comes of the test is recorded, and stands on the page beside the promise; a parameter {@link Seen} lets
 * the test say what it has measured.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(Fault.Several.class)
@ExtendWith(FaultRecorder.class)
public @interface Fault {
    Section section();

    /** What goes wrong. */
    String fault();

    /** On what: a file system, a cluster, a process. */
    String where() default "local";

    /** What Elbow does then, with the exit code in brackets. */
    String promised();

    /** A table of the page, by its heading. */
    enum Section {
        TRAINING("Training"),
        BATCHES("Batches"),
        PUBLISHING("Publishing"),
        ROWS("Reading and writing rows"),
        STRANGERS("Strangers");

        private final String heading;

        Section(String heading) {
            this.heading = heading;
        }

        String heading() {
            return heading;
        }
    }

    /** More than one of them. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @ExtendWith(FaultRecorder.class)
    @interface Several {
        Fault[] value();
    }
}
