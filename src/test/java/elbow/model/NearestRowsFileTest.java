package elbow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.DocumentException;
import elbow.data.feature.FeatureLayout;
import elbow.data.feature.TestEncoders;
import elbow.data.feature.TimePart;
import elbow.data.reference.KeptColumn;
import elbow.data.reference.NearestRows;
import elbow.data.reference.NearestRows.Kind;
import elbow.data.reference.RowDistances;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NearestRowsFileTest {
    private static final FeatureLayout LAYOUT = TestEncoders.encoder()
            .real("ä", 0, 1)
            .categorical("colour", "red", "blue")
            .time("at", TimePart.TIME_OF_DAY)
            .build()
            .layout();

    private static final NearestRows ROWS = new NearestRows(
            0.5,
            2,
            0.25,
            new float[] {1, 2, 3},
            List.of(
                    new KeptColumn("ä", Kind.NUMBER, 0.5f, 2, new float[] {-1, Float.NaN, 1e9f}),
                    new KeptColumn("colour", Kind.CATEGORY, 0, 3, new float[] {2, Float.NaN, 0}),
                    new KeptColumn("at", Kind.NONE, 0, 1, new float[0])),
            LAYOUT);

    @Test
    void whatIsWrittenIsRead() {
        byte[] bytes = NearestRowsFile.write(ROWS);
        NearestRows read = NearestRowsFile.read("nearest.bin", bytes, LAYOUT);

        assertThat(NearestRowsFile.write(read)).isEqualTo(bytes);
        float[] row = {0.3f, 0, 1, 0, 0, 0, 0};
        assertThat(read.of(row, null, 0, new RowDistances()))
                .isEqualTo(ROWS.of(row, null, 0, new RowDistances()))
                .isPositive();
        assertThat(read.columns().get(1).values()).containsExactly(2, Float.NaN, 0);
        assertThat(read.columns().get(0).centre()).isEqualTo(0.5f);
    }

    @Test
    void everyDamageIsAFaultOfTheDocument() {
        byte[] bytes = NearestRowsFile.write(ROWS);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> NearestRowsFile.read("nearest.bin", cut, LAYOUT))
                    .isInstanceOf(DocumentException.class)
                    .hasMessageStartingWith("nearest.bin");
        }
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        assertThatThrownBy(() -> NearestRowsFile.read("nearest.bin", longer, LAYOUT))
                .hasMessage("nearest.bin must end after the last column, but is 1 bytes longer");
        byte[] newer = bytes.clone();
        newer[7] = 2;
        assertThatThrownBy(() -> NearestRowsFile.read("nearest.bin", newer, LAYOUT))
                .hasMessage("nearest.bin must have format version 1, but is 2");
    }
}
