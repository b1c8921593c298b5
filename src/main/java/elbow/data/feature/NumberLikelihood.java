package elbow.data.feature;

import elbow.vae.likelihood.Gaussian;
import elbow.vae.likelihood.Likelihood;
import elbow.vae.likelihood.NegativeBinomial;
import elbow.vae.likelihood.PointMasses;
import elbow.vae.likelihood.Poisson;
import elbow.vae.likelihood.StudentT;
import java.util.List;

/** Distributions of a column of numbers, where its type leaves a choice. A new one is a line here. */
public enum NumberLikelihood {
    /** With a learned variance; the configuration may choose how it is shared. */
    GAUSSIAN("gaussian", FeatureType.REAL, 0),
    /** With tails that the network learns. */
    STUDENT_T("student-t", FeatureType.REAL, 1),
    /** With probabilities of values that many rows have, and a Gaussian for the others. */
    POINT_MASSES("point-masses", FeatureType.REAL, 2),
    /** Variance equal to the mean. */
    POISSON("poisson", FeatureType.COUNT, 1),
    /** Variance above the mean. */
    NEGATIVE_BINOMIAL("negative-binomial", FeatureType.COUNT, 0);

    /** Below 1 Student's t has no mean. */
    private static final double LEAST_DEGREES = 1;

    private final String word;
    private final FeatureType type;
    private final int place;

    /** @param place among the likelihoods of its type: existing models keep theirs */
    NumberLikelihood(String word, FeatureType type, int place) {
        this.word = word;
        this.type = type;
        this.place = place;
    }

    /** The configuration key that lists the columns with this likelihood. */
    public String key() {
        return "data.likelihoods." + word;
    }

    /** The type that such columns have. */
    public FeatureType type() {
        return type;
    }

    /** Columns of one type are encoded in ascending order of this. */
    int place() {
        return place;
    }

    /**
     * The distribution.
     *
     * @param points encoded values that have probabilities, each with its share of the training rows
     */
    Likelihood likelihood(List<Double> points, List<Double> shares) {
        return switch (this) {
            case GAUSSIAN -> Gaussian.learned(Gaussian.Variance.PER_COLUMN, 0);
            case STUDENT_T -> new StudentT(0, LEAST_DEGREES);
            case POINT_MASSES -> new PointMasses(points, shares, Gaussian.learned(Gaussian.Variance.PER_COLUMN, 0));
            case POISSON -> new Poisson();
            case NEGATIVE_BINOMIAL -> new NegativeBinomial();
        };
    }
}
