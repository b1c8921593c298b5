package elbow.tune;

/** What trials are compared by; higher is better. */
public enum TuningObjective {
    /** The held-out rows' mean ELBO in nats per row, of the columns in their own units. */
    ELBO("ELBO", "nats per held-out row"),
    /** Area under the receiver operating characteristic of the anomaly scores: held-out rows against anomalies. */
    AUROC("AUROC", "1 is best, 0.5 is chance");

    private final String title;
    private final String unit;

    TuningObjective(String title, String unit) {
        this.title = title;
        this.unit = unit;
    }

    /** Its name for people. */
    public String title() {
        return title;
    }

    /** The unit of a score, in words. */
    public String unit() {
        return unit;
    }
}
