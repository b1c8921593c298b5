package elbow.data.reference;

/** How much of what lies around a row its distance is measured to: see {@link NearestRows}. */
public enum Neighbourhood {
    /**
     * The five nearest of 1,024 rows, each on the scale of how near its own neighbours are: fine, for training rows
     * that are normal.
     */
    LOCAL(1024),
    /**
     * The nearest tenth of 256 rows: anomalies that lie close together are no neighbourhood unless they are as many.
     */
    BROAD(256);

    private static final int FEW = 5;
    private static final double SHARE = 0.1;

    private final int rows;

    Neighbourhood(int rows) {
        this.rows = rows;
    }

    /** How many training rows are kept, at most. */
    public int rows() {
        return rows;
    }

    /**
     * How many of the kept rows are the nearest ones.
     *
     * @param kept at least 2
     */
    int neighbours(int kept) {
        return this == LOCAL ? Math.min(FEW, kept - 1) : Math.max(1, (int) Math.round(SHARE * kept));
    }

    /** Whether each row has a scale of its own. */
    boolean isLocal() {
        return this == LOCAL;
    }
}
