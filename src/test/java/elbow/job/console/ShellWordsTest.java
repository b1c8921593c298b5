package elbow.job.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShellWordsTest {
    @Test
    void wordsThatAShellWouldChangeAreQuoted() {
        assertThat(ShellWords.join(List.of("--label", "state=bad", "s3://rows/a.csv", "größe")))
                .isEqualTo("--label state=bad s3://rows/a.csv größe");
        assertThat(ShellWords.join(List.of("--where", "name = 'ok' AND x > 1", "--comment", "#", "", "a*.csv")))
                .isEqualTo("--where 'name = '\\''ok'\\'' AND x > 1' --comment '#' '' 'a*.csv'");
    }
}
