package elbow.report;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Which columns of the input the model uses, and which it does not and why. */
final class ColumnSection {
    private ColumnSection() {}

    static Html section(List<ReportedColumn> columns) {
        List<ReportedColumn> used =
                columns.stream().filter(ReportedColumn::isUsed).toList();
        List<ReportedColumn> leftOut = columns.stream().filter(c -> !c.isUsed()).toList();
        boolean anyCommon =
                used.stream().anyMatch(column -> !column.commonValues().isEmpty());
        Html summary = Html.of(
                "<p>{} used, {} left out. Columns with a mean and a scale enter the network as (value − mean) / scale.{}</p>",
                Numbers.count(used.size(), "column"),
                Numbers.count(leftOut.size()),
                anyCommon
                        ? " Common values have probabilities of their own: the mean and the scale beside them are those of the"
                                + " other values."
                        : "");
        return Page.section(
                "columns",
                "Columns",
                List.of(
                        summary,
                        used.isEmpty()
                                ? Html.NOTHING
                                : Page.table(
                                        "Columns the model uses",
                                        Stream.of(
                                                        Page.textHeadings("Column", "Type", "Likelihood"),
                                                        Page.numberHeadings("Mean", "Scale"),
                                                        Page.textHeadings(
                                                                anyCommon
                                                                        ? new String[] {"Common values"}
                                                                        : new String[0]))
                                                .flatMap(headings -> headings)
                                                .toList(),
                                        used.stream()
                                                .map(column -> usedRow(column, anyCommon))
                                                .toList()),
                        leftOut.isEmpty()
                                ? Html.NOTHING
                                : Page.table(
                                        "Columns left out",
                                        Page.textHeadings("Column", "Type", "Reason")
                                                .toList(),
                                        leftOut.stream()
                                                .map(ColumnSection::leftOutRow)
                                                .toList())));
    }

    private static Html usedRow(ReportedColumn column, boolean anyCommon) {
        return Html.of(
                """
                <tr><th scope="row">{}</th><td>{}</td><td>{}</td><td class="number">{}</td><td class="number">{}</td>{}</tr>""",
                column.name(),
                column.type(),
                column.likelihood().orElseThrow(),
                number(column.mean()),
                number(column.scale()),
                anyCommon ? Html.of("<td>{}</td>", column.commonValues()) : Html.NOTHING);
    }

    private static Html leftOutRow(ReportedColumn column) {
        return Html.of(
                "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td></tr>",
                column.name(),
                column.type(),
                column.leftOutBecause().orElseThrow());
    }

    private static String number(OptionalDouble value) {
        return value.isPresent() ? Numbers.measured(value.getAsDouble()) : Numbers.MISSING;
    }
}
