package elbow.vae.likelihood;

/** Of values in [0, 1], such as pixels. */
interface UnitIntervalLikelihood extends Likelihood {
    @Override
    default float minimum() {
        return 0;
    }

    @Override
    default float maximum() {
        return 1;
    }
}
