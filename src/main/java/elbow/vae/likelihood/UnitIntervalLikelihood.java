package elbow.vae.likelihood;

/** Of values in [0, 1], such as pixels. */
sealed interface UnitIntervalLikelihood extends Likelihood permits Bernoulli, ContinuousBernoulli, DiscretizedLogistic {
    @Override
    default float minimum() {
        return 0;
    }

    @Override
    default float maximum() {
        return 1;
    }
}
