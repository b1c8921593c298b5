package elbow.data.shard;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.data.shard.ReplicaPlaces.Executor;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicaPlacesTest {
    private static final Executor SMALL = new Executor("3", "a", 1);
    private static final Executor LARGE = new Executor("0", "b", 3);

    @Test
    void everyExecutorGetsAReplicaBeforeOneGetsTwo() {
        assertThat(ReplicaPlaces.spread(List.of(LARGE, SMALL), 2)).containsExactly("executor_a_3", "executor_b_0");
    }

    @Test
    void executorsGetReplicasInProportionToTheirSlots() {
        List<String> places = ReplicaPlaces.spread(List.of(LARGE, SMALL), 8);
        assertThat(places).filteredOn(SMALL.location()::equals).hasSize(2);
        assertThat(places).filteredOn(LARGE.location()::equals).hasSize(6);
    }

    @Test
    void theOrderOfExecutorsChangesNothing() {
        assertThat(ReplicaPlaces.spread(List.of(LARGE, SMALL), 7))
                .isEqualTo(ReplicaPlaces.spread(List.of(SMALL, LARGE), 7));
    }

    @Test
    void noPlacesArePreferredWithoutExecutorsOrSlots() {
        assertThat(ReplicaPlaces.spread(List.of(), 2)).isEmpty();
        assertThat(ReplicaPlaces.spread(List.of(new Executor("0", "a", 0)), 2)).isEmpty();
    }
}
