package elbow.data.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LikeNamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"x\u00a0", "\ufeffx", "x\u200b", "\u00adx", "x\u2060", "x\u202f", "\u200fx"})
    void signsThatDoNotShowAreNamed(String name) {
        assertThat(LikeNames.hides(name)).isTrue();
        assertThat(LikeNames.hint("x", List.of("y", name)))
                .startsWith("; \"")
                .contains("\\u")
                .endsWith(" differs from \"x\" only by signs that do not show");
    }

    @Test
    void usualNamesHideNothing() {
        assertThat(List.of("x", "a b", "stra\u00dfe", "\u90fd\u5e02")).noneMatch(LikeNames::hides);
    }

    @Test
    void caseAndTheWayLettersAreWrittenAreNamed() {
        assertThat(LikeNames.hint("Price", List.of("price")))
                .isEqualTo("; \"price\" differs from \"Price\" only by case or the way letters are written");
        assertThat(LikeNames.hint("caf\u00e9", List.of("cafe\u0301"))).isNotEmpty();
    }

    @Test
    void othersAreNotNamed() {
        assertThat(LikeNames.hint("x", List.of("x", "y", "x1"))).isEmpty();
    }
}
