package elbow.spark;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** Params that are texts. */
public final class TextParams {
    private TextParams() {}

    /** A param that Spark knows the type of, where it asks for it: a server of Spark Connect does. */
    public static Param<String> of(Params holder, String name, String doc) {
        return new Param<>(holder.uid(), name, doc, String.class);
    }
}
