package elbow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.DocumentException;
import elbow.model.TrainedGroup.Fate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupNetworksTest {
    private static final float[] POOLED = {1, 2, 3};

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 1e-9, 123456.789, -3.3})
    void aMovedScoreIsAboveTheThresholdJustIfItWasAboveItsOwn(double own) {
        double threshold = 7.7;

        assertThat(GroupNetworks.move(own, own, threshold)).isLessThanOrEqualTo(threshold);
        assertThat(GroupNetworks.move(Math.nextUp(own), own, threshold)).isGreaterThan(threshold);
        assertThat(GroupNetworks.move(own + 2, own, threshold)).isCloseTo(threshold + 2, offset());
        assertThat(GroupNetworks.move(own - 2, own, threshold)).isCloseTo(threshold - 2, offset());
        assertThat(GroupNetworks.move(Double.POSITIVE_INFINITY, own, threshold)).isEqualTo(Double.POSITIVE_INFINITY);
    }

    private static org.assertj.core.data.Offset<Double> offset() {
        return org.assertj.core.data.Offset.offset(1e-9);
    }

    @Test
    void groupsAreReadAsTheyWereWritten() {
        GroupNetworks groups = groups();

        GroupNetworks read = GroupNetworksJson.read("groups.json", GroupNetworksJson.write(groups), groups.files());

        assertThat(read.columns()).containsExactly("site");
        assertThat(read.leastRows()).isEqualTo(50);
        assertThat(read.threshold()).isEqualTo(4.5);
        assertThat(read.groups()).extracting(TrainedGroup::name).containsExactly("\"a\"", "\"b\"", "null");
        assertThat(read.groups()).extracting(TrainedGroup::fate).containsExactly(Fate.OWN, Fate.FEW_ROWS, Fate.OWN);
        assertThat(read.groups()).extracting(TrainedGroup::gain).containsExactly(0.25, Double.NaN, 1.5);
        assertThat(GroupNetworksJson.write(read)).isEqualTo(GroupNetworksJson.write(groups));
        TrainedGroup.OwnNetwork last = read.groups().get(2).network().orElseThrow();
        float[] parameters = new float[3];
        ParameterChanges.apply(read.files().get(last.file()), last.offset(), last.length(), POOLED, parameters);
        assertThat(parameters).containsExactly(1, 2, 5);
    }

    @Test
    void aFileThatIsTooShortIsRefused() {
        GroupNetworks groups = groups();
        String index = GroupNetworksJson.write(groups);

        assertThatThrownBy(() -> GroupNetworksJson.read("groups.json", index, List.of(new byte[2])))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("a group's place must lie in its file of 2 bytes");
        assertThatThrownBy(() -> GroupNetworksJson.read("groups.json", index, List.of()))
                .isInstanceOf(DocumentException.class)
                .hasMessage("groups.json: files must be 0, but is 1");
    }

    private static GroupNetworks groups() {
        Calibration calibration =
                Calibration.of(new double[] {1, 2, 3}, new ThresholdRule.Quantile(0.99), 0, Optional.empty());
        GroupNetworks.Builder builder = new GroupNetworks.Builder(List.of("site"), 50, 4.5, 3);
        builder.add("[\"a\"]", 90, 10, 0.25, calibration, ParameterChanges.of(POOLED, new float[] {1.5f, 2, 3}));
        builder.add("[\"b\"]", 9, 1, Fate.FEW_ROWS, Double.NaN);
        builder.add("[null]", 80, 20, 1.5, calibration, ParameterChanges.of(POOLED, new float[] {1, 2, 5}));
        return builder.build();
    }
}
