package elbow.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageTest {
    private static final Message MESSAGE =
            Message.of(Parameter.MODEL, " must be new, but ", 3, " are there; replace them with ", Parameter.OVERWRITE);

    @Test
    void parametersHaveTheNamesOfWhoeverShowsThem() {
        assertThat(MESSAGE).hasToString("model must be new, but 3 are there; replace them with overwrite");
        assertThat(MESSAGE.text(parameter -> "--" + parameter.name()))
                .isEqualTo("--model must be new, but 3 are there; replace them with --overwrite");
    }

    @Test
    void messagesGoIntoMessages() {
        Message joined = Message.join("; ", List.of(Message.of(Parameter.WHERE, " is a"), Message.of("b"), MESSAGE));

        assertThat(Message.of("but ", joined).text(parameter -> parameter.name().toUpperCase(java.util.Locale.ROOT)))
                .isEqualTo("but WHERE is a; b; MODEL must be new, but 3 are there; replace them with OVERWRITE");
    }

    @Test
    void textOfTheUserIsNeverTakenForAParameter() {
        assertThat(Message.of("no such file: model").text(parameter -> "--" + parameter))
                .isEqualTo("no such file: model");
    }

    @Test
    void anExceptionTakesItsMessageFromATaskToTheDriver() throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream stream = new ObjectOutputStream(bytes)) {
            stream.writeObject(new ElbowException(ErrorCategory.USAGE, MESSAGE));
        }
        try (ObjectInputStream stream = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            ElbowException read = (ElbowException) stream.readObject();

            assertThat(read).hasMessage(MESSAGE.toString());
            assertThat(read.userMessage().text(parameter -> "--" + parameter.name()))
                    .startsWith("--model must be new");
        }
    }
}
