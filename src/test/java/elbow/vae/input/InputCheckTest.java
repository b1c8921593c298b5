package elbow.vae.input;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.vae.VaeSpec;
import elbow.vae.likelihood.Categorical;
import elbow.vae.likelihood.DiscretizedLogistic;
import elbow.vae.likelihood.Gaussian;
import elbow.vae.likelihood.LikelihoodGroup;
import elbow.vae.likelihood.LogNormal;
import elbow.vae.likelihood.Ordinal;
import elbow.vae.likelihood.Poisson;
import elbow.vae.likelihood.StudentT;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InputCheckTest {
    private static final VaeSpec SPEC = VaeSpec.builder(9, 1)
            .likelihoods(List.of(
                    new LikelihoodGroup(new Poisson(), 1),
                    new LikelihoodGroup(new Categorical(3), 3),
                    new LikelihoodGroup(new LogNormal(Gaussian.fixed(1)), 1),
                    new LikelihoodGroup(new Ordinal(2), 2),
                    new LikelihoodGroup(new StudentT(0, 2), 1),
                    new LikelihoodGroup(new DiscretizedLogistic(256, 0), 1)))
            .build();
    private static final float[] GOOD = {7, 0, 1, 0, 2.5f, 1, 0, -3, 1};

    @Test
    void valuesWithinTheSupportOfTheirLikelihoodsPass() {
        float[] rows = {9, 9, 9, 9, 9, 9, 9, 9, 9, 7, 0, 1, 0, 2.5f, 1, 0, -3, 1};
        assertThatCode(() -> new InputCheck(SPEC.row()).require(rows, 1, 1)).doesNotThrowAnyException();
    }

    @Test
    void countsMustBeWholeAndNotNegative() {
        assertRefused(0, 2.5f, "rows[1][0] must be a whole number for poisson, but is 2.5");
        assertRefused(0, -1, "rows[1][0] must be finite and at least 0 for poisson, but is -1.0");
        assertRefused(
                0, Float.POSITIVE_INFINITY, "rows[1][0] must be finite and at least 0 for poisson, but is Infinity");
    }

    @Test
    void aRowMustHaveOneCategory() {
        assertRefused(2, 0, "sum of rows[1][1] to [3] must be 1, one category of categorical, but is 0.0");
        assertRefused(3, 1, "sum of rows[1][1] to [3] must be 1, one category of categorical, but is 2.0");
        assertRefused(6, 0.5f, "rows[1][6] must be a whole number for ordinal, but is 0.5");
        assertRefused(6, 2, "rows[1][6] must lie in [0.0, 1.0] for ordinal, but is 2.0");
    }

    @Test
    void positiveNumbersMustBeAboveZero() {
        assertRefused(4, 0, "rows[1][4] must be finite and above 0 for logNormal, but is 0.0");
        assertRefused(7, Float.NaN, "rows[1][7] must be finite, but is NaN");
        assertRefused(8, 1.01f, "rows[1][8] must lie in [0.0, 1.0] for discretizedLogistic, but is 1.01");
    }

    @Test
    void ofValuesThatMayBeAnyNumberEveryOneIsLookedAt() {
        VaeSpec spec = VaeSpec.builder(3, 1).likelihood(Gaussian.fixed(1)).build();
        float[] rows = new float[3 * 401];
        Arrays.fill(rows, Float.MAX_VALUE);
        Arrays.fill(rows, 3, 9, -Float.MAX_VALUE);
        InputCheck check = new InputCheck(spec.row());
        assertThatCode(() -> check.require(rows, 0, 401)).doesNotThrowAnyException();
        for (int place : new int[] {3, 4, 514, 1199}) {
            for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
                float[] bad = rows.clone();
                bad[place] = value;
                assertThatThrownBy(() -> check.require(bad, 1, 399))
                        .hasMessage("rows[%d][%d] must be finite, but is %s".formatted(place / 3, place % 3, value));
            }
        }
        float[] outside = rows.clone();
        outside[0] = Float.NaN;
        outside[1200] = Float.NaN;
        assertThatCode(() -> check.require(outside, 1, 399)).doesNotThrowAnyException();
    }

    private static void assertRefused(int column, float value, String message) {
        float[] rows = new float[18];
        System.arraycopy(GOOD, 0, rows, 0, 9);
        System.arraycopy(GOOD, 0, rows, 9, 9);
        rows[9 + column] = value;
        assertThatThrownBy(() -> new InputCheck(SPEC.row()).require(rows, 0, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
