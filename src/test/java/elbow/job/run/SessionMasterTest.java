package elbow.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.fault.Fault;
import org.junit.jupiter.api.Test;

class SessionMasterTest {
    // What Spark calls them was seen with a master that was not there, and with one of another secret.
    @Test
    @Fault(
            section = Fault.Section.TRAINING,
            fault = "no master answers, or it asks for another secret",
            where = "the name that Spark gives such a run",
            promised = "said after the minute for which Spark asks (8)")
    void anApplicationThatNoMasterHasNamedIsNotGoneOnWith() {
        assertThatThrownBy(() -> Session.requireMaster("spark://host:7077", "spark-application-1796080392345"))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.PLATFORM))
                .hasMessage("the cluster could not do the work: no master at spark://host:7077 has taken the"
                        + " application: none answers there, or it asks for another spark.authenticate.secret");
        assertThatCode(() -> Session.requireMaster("spark://host:7077", "app-20261130231126-0000"))
                .doesNotThrowAnyException();
        assertThatCode(() -> Session.requireMaster("local[2]", "local-1796080392345"))
                .doesNotThrowAnyException();
    }
}
