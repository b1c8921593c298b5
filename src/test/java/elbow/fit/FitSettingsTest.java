package elbow.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.RunId;
import org.junit.jupiter.api.Test;

class FitSettingsTest {
    @Test
    void anIdOfTheRunThatTheManifestCannotHaveIsRefusedBeforeTheWork() {
        String before = RunId.ofProcess();
        System.setProperty(RunId.PROPERTY, "last night");
        try {
            assertThatThrownBy(() -> Fit.requireValid(Configuration.defaults()))
                    .isInstanceOfSatisfying(
                            ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.USAGE))
                    .hasMessageStartingWith("elbow.run must be 1 to 100 letters");
        } finally {
            System.setProperty(RunId.PROPERTY, before);
        }
        Fit.requireValid(Configuration.defaults());
    }
}
