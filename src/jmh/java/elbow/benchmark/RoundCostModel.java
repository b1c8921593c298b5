package elbow.benchmark;

import java.util.List;
import java.util.Locale;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;

/**
 * The time of a round besides its minibatch steps, in seconds: fixed + perReplica R + perParameter P + perBoth P R in
 * one process of two cores, fitted to relative errors by least squares.
 *
 * <p>For a cluster it assumes: one replica an executor, all at once; 10 Gbit/s from every machine to every other, and
 * no other traffic; Spark's torrent broadcast of 12 bytes a parameter in blocks of 4 MB, each machine passing on what
 * it has, so that the time is that of two copies and of one block for each doubling; results of 12 bytes a parameter,
 * merged in groups of the square root of the number of executors, then by the driver from sums of 24 bytes a parameter,
 * each merger receiving one after the other; merging and copying as fast as measured here; tasks launched at the
 * measured rate.
 */
record RoundCostModel(double fixed, double perReplica, double perParameter, double perBoth) {
    private static final double BYTES_PER_SECOND = 1.25e9;
    private static final double BLOCK_BYTES = 4 << 20;
    private static final double STATE_BYTES = 12;
    private static final double SUM_BYTES = 24;
    private static final int FLAT_REPLICAS = 16;

    static RoundCostModel fit(List<RoundCost.Measured> measured) {
        double[] targets = new double[measured.size()];
        double[][] factors = new double[measured.size()][];
        for (int i = 0; i < targets.length; i++) {
            RoundCost.Measured cost = measured.get(i);
            double seconds = cost.overheadSeconds();
            double parameters = cost.parameters();
            targets[i] = 1;
            factors[i] = new double[] {
                1 / seconds, cost.replicas() / seconds, parameters / seconds, parameters * cost.replicas() / seconds
            };
        }
        OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
        regression.setNoIntercept(true);
        regression.newSampleData(targets, factors);
        double[] fitted = regression.estimateRegressionParameters();
        return new RoundCostModel(fitted[0], fitted[1], fitted[2], fitted[3]);
    }

    double localSeconds(double parameters, int replicas) {
        return fixed + perReplica * replicas + perParameter * parameters + perBoth * parameters * replicas;
    }

    double clusterSeconds(double parameters, int executors) {
        double state = STATE_BYTES * parameters / BYTES_PER_SECOND;
        double block = Math.min(BLOCK_BYTES, STATE_BYTES * parameters) / BYTES_PER_SECOND;
        double broadcast = 2 * state + block * Math.ceil(Math.log(executors) / Math.log(2));
        double launch = fixed + perReplica * executors;
        // Copying in and out of one replica, and the driver's own passes over the parameters.
        double copies = perParameter * parameters + perBoth * parameters;
        if (executors <= FLAT_REPLICAS) {
            return launch + broadcast + copies + executors * (state + perBoth * parameters);
        }
        double group = Math.ceil(Math.sqrt(executors));
        double groups = Math.ceil(executors / group);
        double sums = SUM_BYTES * parameters / BYTES_PER_SECOND;
        // The second stage is launched and merged as the first one is.
        return launch
                + fixed
                + broadcast
                + copies
                + group * (state + perBoth * parameters)
                + groups * (sums + perBoth * parameters);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.1f ms + %.2f ms x replicas + %.2f ns x parameters + %.2f ns x parameters x replicas",
                1e3 * fixed,
                1e3 * perReplica,
                1e9 * perParameter,
                1e9 * perBoth);
    }
}
