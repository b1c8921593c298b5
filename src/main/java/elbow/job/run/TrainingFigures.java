package elbow.job.run;

import elbow.job.console.Figures;
import elbow.model.Manifest;

/** What a training run took and reached, as figures. */
final class TrainingFigures {
    private TrainingFigures() {}

    /** @param elbo what the ELBO at the end is called */
    static Figures of(Manifest.TrainingSummary training, String elbo) {
        return new Figures()
                .add("seconds", training.seconds())
                .add("examplesPerSecond", training.examplesPerSecond())
                .add("elboBefore", training.elboBefore())
                .add(elbo, training.elbo())
                .add("reconstruction", training.reconstruction())
                .add("kl", training.kl())
                .add("activeUnits", training.activeUnits());
    }
}
