package elbow.job.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShellBlocksTest {
    @Test
    void commandsStandInIndentedAndInFencedBlocks() {
        assertThat(ShellBlocks.commands("""
                        Text:

                            jobs/demo       # tells much
                            mvn verify

                        ```sh
                        SPARK_HOME=/opt jobs/elbow train \\
                          --input a
                        # only this
                        ```

                        * an item
                            jobs/elbow of no block
                        """))
                .containsExactly("jobs/demo", "mvn verify", "SPARK_HOME=/opt jobs/elbow train --input a");
    }

    @Test
    void otherBlocksAreNoCommands() {
        assertThat(ShellBlocks.commands("""
                            data set    rows
                            mnist     10,000

                        ```java
                        jobs/elbow();
                        ```
                        """)).isEmpty();
    }
}
