package elbow.use;

import elbow.score.ModelInTask;
import elbow.vae.input.RowBatch;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** The conditions of one row, for others that are made; there may be none. */
final class FixedConditions {
    private final @Nullable GivenConditions given;
    private final int[] places;

    /**
     * @param conditions values in the model's order
     * @param made the columns of the rows that are made, conditions as those of the row
     */
    FixedConditions(UsedModel model, Row conditions, StructType made) {
        places = model.conditions().stream().mapToInt(made::fieldIndex).toArray();
        StructType own = new StructType();
        for (int place : places) {
            own = own.add(made.fields()[place]);
        }
        given = places.length == 0 ? null : GivenConditions.of(model, own, conditions);
    }

    /** Sets the model's latents, under these conditions. */
    void put(ModelInTask used, float[] latents, int count) {
        if (given == null) {
            used.generator().put(latents, count);
            return;
        }
        RowBatch batch = new RowBatch(used.columns(), count);
        for (int row = 0; row < count; row++) {
            given.load(0, batch, row);
        }
        batch.holdWithGaps(count);
        used.generator().put(latents, batch);
    }

    /** Writes the conditions to a row that is made. */
    void write(@Nullable Object[] made) {
        if (given != null) {
            given.put(0, places, made);
        }
    }
}
