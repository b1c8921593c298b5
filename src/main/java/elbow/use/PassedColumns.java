package elbow.use;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Columns of rows that pass to what is made of them as they stand.
 *
 * @param fields the columns
 * @param places where a row that is made has each of them
 */
record PassedColumns(List<StructField> fields, List<Integer> places) {
    PassedColumns {
        fields = List.copyOf(fields);
        places = List.copyOf(places);
    }

    /** At the start. */
    static PassedColumns first(List<StructField> kept) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < kept.size(); i++) {
            places.add(i);
        }
        return new PassedColumns(kept, places);
    }

    /**
     * With the conditions of a model, at their own places.
     *
     * @param made the columns of the rows that are made
     */
    PassedColumns with(UsedModel model, StructType made) {
        List<StructField> all = new ArrayList<>(fields);
        List<Integer> at = new ArrayList<>(places);
        for (String condition : model.conditions()) {
            all.add(made.apply(condition));
            at.add(made.fieldIndex(condition));
        }
        return new PassedColumns(all, at);
    }

    List<String> names() {
        return fields.stream().map(StructField::name).toList();
    }
}
