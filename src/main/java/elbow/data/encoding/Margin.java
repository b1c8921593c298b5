package elbow.data.encoding;

import java.io.Serializable;

/**
 * Moves what a network draws for a column of numbers to where the training rows are: a number becomes that of the
 * training rows with the same share of rows below it. Order stays, and with it what a column has to do with others; the
 * column's own distribution becomes that of training, with its steps where many rows have one number, which a density
 * cannot have (quantile mapping; it does to each column what a copula leaves open: Sklar. Fonctions de répartition à n
 * dimensions et leurs marges. 1959). Immutable.
 *
 * @param drawn how the network's draws are spread, in the column's unit
 * @param training how the training rows are, in the column's unit
 */
public record Margin(ShareCurve drawn, ShareCurve training) implements Serializable {
    /**
     * The number of the training rows in the place of one that was drawn.
     *
     * @param uniform in (0, 1): where among the draws of the same number it stands
     */
    public double moved(double number, double uniform) {
        return training.at(drawn.share(number, uniform));
    }
}
