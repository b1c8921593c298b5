package elbow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.DocumentException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineageTest {
    private static final Lineage LINEAGE = new Lineage(
            "0123456789ab",
            "s3a://KEY:SECRET@models/cardio",
            List.of("00ff00ff00ff", "aaaaaaaaaaaa"),
            true,
            42,
            178,
            new Lineage.Figures(-12.5, 0.25),
            new Lineage.Figures(Double.NEGATIVE_INFINITY, 0));

    @Test
    void readsBackAsItWasWrittenWithoutSecrets() {
        String text = LINEAGE.toJson();

        assertThat(text).contains("s3a://***@models/cardio").doesNotContain("SECRET");
        assertThat(Lineage.fromJson("lineage.json", text)).isEqualTo(LINEAGE);
    }

    @Test
    void anythingElseIsRefused() {
        String text = LINEAGE.toJson();

        assertThatThrownBy(() -> Lineage.fromJson(
                        "lineage.json", text.replace("\"formatVersion\" : 1", "\"formatVersion\" : 2")))
                .isInstanceOf(DocumentException.class)
                .hasMessage(
                        "lineage.json: formatVersion must be 1, but is 2: it was written by another version of Elbow");
        assertThatThrownBy(() -> Lineage.fromJson("lineage.json", text.replace("0123456789ab", "../x")))
                .isInstanceOf(DocumentException.class)
                .hasMessage("parent must be 12 hex digits, but is ../x");
        assertThatThrownBy(() -> Lineage.fromJson("lineage.json", text.replace("aaaaaaaaaaaa", "a")))
                .isInstanceOf(DocumentException.class)
                .hasMessage("ancestor must be 12 hex digits, but is a");
        assertThatThrownBy(() -> Lineage.fromJson("lineage.json", text.replace("\"heldOut\"", "\"more\"")))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("heldOut");
    }
}
