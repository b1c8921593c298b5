package elbow.job.console;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.base.Message;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console console = Console.plain(stream(out), stream(err));

    @Test
    void nothingThatMovesATerminalIsShown() {
        String hostile = "a\u001b[31mb\u001b]0;title\u0007c\u009bd\u202ee\tf\r\n\ud83d\ude00 ü";

        console.print(hostile);
        console.note(hostile);
        console.warning(hostile);
        console.error(hostile);

        String plain = "a?[31mb?]0;title?c?d?e\tf\n\ud83d\ude00 ü\n";
        assertThat(text(out)).isEqualTo(plain);
        // What is a line by itself stays one.
        String line = "a?[31mb?]0;title?c?d?e?f??\ud83d\ude00 ü\n";
        assertThat(text(err)).isEqualTo(plain + "Warning: " + line + "elbow: " + line);
    }

    @Test
    void noNameLooksLikeAnotherLine() {
        String hostile = "a\nelbow: done";

        console.print(new Table("column", "rows").row(hostile, "1"));
        console.print(new Figures().add("output", hostile).render());
        console.note(Message.of("column ", hostile, " is left out"));

        assertThat(text(out) + text(err))
                .doesNotContain("\nelbow: done")
                .contains("a?elbow: done  ", "output  a?elbow: done\n", "column a?elbow: done is left out\n");
    }

    @Test
    void noSecretIsShown() {
        console.print(
                new Figures().add("output", "s3a://AKIA:SECRET@bucket/out").render());
        console.note("Log: s3a://AKIA:SECRET@bucket/log");
        console.error("cannot read s3a://AKIA:SECRET@bucket/in");

        assertThat(text(out) + text(err))
                .contains("s3a://***@bucket/out", "s3a://***@bucket/log", "s3a://***@bucket/in")
                .doesNotContain("SECRET");
        assertThat(new Figures().add("output", "s3a://AKIA:SECRET@bucket/out").toJson())
                .doesNotContain("SECRET");
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
