package elbow.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    s3a://AKIA:SECRET@bucket/in              | s3a://***@bucket/in
                    could not read s3a://AKIA:SE/CR+ET@b/in: | could not read s3a://***@b/in:
                    http://user:p@ss:word@host:80/x          | http://***@host:80/x
                    https://host/hook?sig=abc&x=1            | https://host/hook?sig=***&x=1
                    https://host/hook?x=1&access_token=abc   | https://host/hook?x=1&access_token=***
                    fs.s3a.secret.key=SECRET, next           | fs.s3a.secret.key=***, next
                    spark.ssl.keyPassword=SECRET             | spark.ssl.keyPassword=***
                    """)
    void secretsAreMasked(String text, String masked) {
        assertThat(Secrets.mask(text)).isEqualTo(masked);
        assertThat(Message.of("x ", text).toString()).isEqualTo("x " + masked);
        assertThat(new ElbowException(ErrorCategory.USAGE, text)).hasMessage(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hdfs://host:9000/data@2026/x",
                "hdfs://host:9000",
                "abfss://container@account.dfs.core.windows.net/x",
                "file:/data/a:b@c",
                "/in/token=a/part-0.parquet",
                "Unexpected token: , expected a number",
                "mean = 3, at 12:30@work",
                ""
            })
    void whatIsNoSecretStays(String text) {
        assertThat(Secrets.mask(text)).isEqualTo(text);
    }

    @Test
    void theLogMasksAlike() throws IOException {
        Properties log = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("src/spark/conf/log4j2-job.properties"))) {
            log.load(reader);
        }
        PatternLayout layout = PatternLayout.newBuilder()
                .withPattern(log.getProperty("appender.file.layout.pattern"))
                .withAlwaysWriteExceptions(
                        Boolean.parseBoolean(log.getProperty("appender.file.layout.alwaysWriteExceptions")))
                .build();
        String text = "reading s3a://AKIA:SECRET@bucket/in with fs.s3a.secret.key=SECRET from hdfs://host:9000/a@b";

        String line = layout.toSerializable(Log4jLogEvent.newBuilder()
                .setLevel(Level.INFO)
                .setMessage(new SimpleMessage(text))
                .setThrown(new IOException("no s3a://AKIA:SECRET@bucket/in"))
                .build());

        assertThat(line)
                .contains("reading s3a://***@bucket/in with fs.s3a.secret.key=*** from hdfs://host:9000/a@b")
                .contains("IOException: no s3a://***@bucket/in")
                .doesNotContain("SECRET");
    }
}
