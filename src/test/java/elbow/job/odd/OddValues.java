package elbow.job.odd;

import java.util.ArrayList;
import java.util.List;

/** Odd values of a column, which every format of tables can have. */
final class OddValues {
    private static final List<String> FORMATS = List.of("CSV", "JSON lines", "Parquet", "ORC", "Avro");

    private final List<OddCell> cells = new ArrayList<>();
    private final List<String> columns = new ArrayList<>();

    static List<OddCell> cells() {
        OddValues values = new OddValues();
        values.missing();
        values.typed();
        values.typedAsWritten();
        values.told();
        values.refused();
        return values.cells;
    }

    private void missing() {
        for (String marker : List.of("nan", "NULL", "N/A", "na", "\\N", "-", "?")) {
            String sql = marker.replace("\\", "\\\\");
            add(
                    "numbers with `" + marker + "` among them",
                    "missing",
                    "if(id % 10 = 0, '" + sql + "', cast(round(sin(id), 6) AS string)) AS v",
                    "",
                    "v real 10.0");
        }
        add(
                "numbers with -999 among them, `data.missing=[-999]`",
                "missing",
                "if(id % 10 = 0, -999D, round(sin(id), 6)) AS v",
                " -D data.missing=[-999]",
                "v real 10.0");
        add(
                "times with `NA` among them",
                "missing",
                "if(id % 10 = 0, 'NA', cast(timestamp_seconds(1.7e9 + id * 4000) AS string)) AS v",
                "",
                "v time 10.0");
        add(
                "truth values with `N/A` among them",
                "missing",
                "if(id % 10 = 0, 'N/A', cast(id % 3 = 0 AS string)) AS v",
                "",
                "v binary 10.0");
        add(
                "categories with `null` among them",
                "missing",
                "if(id % 10 = 0, 'null', concat('k', id % 3)) AS v",
                "",
                "v categorical 10.0");
        add("truth values with gaps", "missing", "if(id % 10 = 0, NULL, id % 3 = 0) AS v", "", "v binary 10.0");
    }

    private void typed() {
        add("truth values", "binary", "id % 3 = 0 AS v", "", "v binary 0.0");
        add("`TRUE` and `False` as text", "binary", "if(id % 3 = 0, 'TRUE', 'False') AS v", "", "v binary 0.0");
        add(
                "times as ISO 8601",
                "time",
                "date_format(timestamp_seconds(1.7e9 + id * 4000), \"yyyy-MM-dd'T'HH:mm:ss\") AS v",
                "",
                "v time 0.0");
        add(
                "dates as 31.12.2024",
                "time",
                "date_format(date_add(DATE'2024-01-01', cast(id AS int)), 'dd.MM.yyyy') AS v",
                "",
                "v time 0.0",
                "dd.MM.yyyy");
        add(
                "dates as 31/12/2024",
                "time",
                "date_format(date_add(DATE'2024-01-01', cast(id AS int)), 'dd/MM/yyyy') AS v",
                "",
                "v time 0.0",
                "dd/MM/yyyy");
        add(
                "dates as 12/31/2024 23:59",
                "time",
                "date_format(timestamp_seconds(1.7e9 + id * 90000), 'MM/dd/yyyy HH:mm') AS v",
                "",
                "v time 0.0",
                "MM/dd/yyyy");
        add(
                "dates as 31 Dec 2024",
                "time",
                "date_format(date_add(DATE'2024-01-01', cast(id AS int)), 'd MMM yyyy') AS v",
                "",
                "v time 0.0",
                "d MMM yyyy");
        add(
                "times in a pattern of `data.types.time`",
                "time",
                "date_format(timestamp_seconds(1.7e9 + id * 90000), 'yyyyMMddHHmm') AS v",
                " -D data.types.time=[[v,yyyyMMddHHmm]]",
                "v time 0.0");
        add(
                "numbers of seconds since 1970, `data.types.time`",
                "time",
                "1700000000 + id * 4000 AS v",
                " -D data.types.time=[[v,epoch-seconds]]",
                "v time 0.0",
                "epoch-seconds");
        add(
                "months such as 2024-12, `data.types.time`",
                "time",
                "date_format(add_months(DATE'2023-01-01', cast(id % 20 AS int)), 'yyyy-MM') AS v",
                " -D data.types.time=[[v,yyyy-MM]]",
                "v time 0.0",
                "day of year");
        add(
                "texts such as 1d and 2f",
                "text",
                "concat(id % 3, if(id % 2 = 0, 'd', 'f')) AS v",
                "",
                "v categorical 0.0");
        add(
                "part numbers such as 1001-01",
                "text",
                "concat(1001 + id % 3, '-0', 1 + id % 2) AS v",
                "",
                "v categorical 0.0");
        add("clock times such as 07:13", "text", "concat('07:1', id % 4) AS v", "", "v categorical 0.0");
        add(
                "whole numbers beyond 2^53",
                "told apart",
                "9007199254740993 + id AS v",
                "",
                "v left out 0.0",
                "an identifier: as many different whole numbers as rows");
        add(
                "whole numbers of 30 digits",
                "told apart",
                "cast('123456789012345678901234567000' AS decimal(38, 0)) + id AS v",
                "",
                "v left out 0.0",
                "an identifier: as many different whole numbers as rows");
    }

    private void typedAsWritten() {
        add(
                "numbers with the minus of typography",
                "read",
                "replace(cast(round(sin(id), 6) AS string), '-', decode(unhex('E28892'), 'utf-8')) AS v",
                "",
                "v real 0.0",
                "-1.000 .. 0.9999");
        add(
                "numbers such as +5.25, .5 and 5.",
                "read",
                "element_at(array('+5.25', '.5', '5.', '-0'), cast(1 + id % 4 AS int)) AS v",
                "",
                "v real 0.0 4");
        add("numbers as decimal(38, 10)", "read", "cast(round(sin(id), 6) AS decimal(38, 10)) AS v", "", "v real 0.0");
        add("numbers as 0x1F", "text", "concat('0x', hex(id % 40)) AS v", "", "v categorical 0.0 40");
        add(
                "categories with wide blanks around some of them",
                "read",
                "concat('k', id % 3, if(id % 2 = 0, '', decode(unhex('E38080'), 'utf-8'))) AS v",
                "",
                "v categorical 0.0 3");
    }

    private void told() {
        add(
                "numbers such as 007, zeros before them",
                "told: `data.types.categorical`",
                "lpad(cast(id % 40 * 7 AS string), 5, '0') AS v",
                "",
                "v count 0.0 40",
                "some have zeros before them, as codes have: data.types.categorical=[COLUMN] takes them as they stand");
        add(
                "numbers as 1_000",
                "told: `--thousands`",
                "concat(1 + id % 40, '_000') AS v",
                "",
                "v categorical 0.0",
                "read as numbers with the option thousands '_'");
        add(
                "numbers as 1’234 (of Switzerland)",
                "told: `--thousands`",
                "replace(format_number(5000 + id, 0), ',', decode(unhex('E28099'), 'utf-8')) AS v",
                "",
                "v left out 0.0",
                "read as numbers with the option thousands '’'");
        add(
                "times with the name of a zone",
                "told: `data.types.time`",
                "concat(date_format(timestamp_seconds(1.7e9 + id % 60 * 90000), 'yyyy-MM-dd HH:mm:ss'), ' Europe/Berlin')"
                        + " AS v",
                "",
                "v categorical 0.0",
                "100.0 % as yyyy-MM-dd HH:mm:ss VV");
        add(
                "dates that leave open which is the month",
                "left out, told",
                "concat('0', 1 + id % 9, '/0', 1 + id % 8, '/2024') AS v",
                "",
                "v left out 0.0",
                "cannot be told apart",
                "data.types.time");
        add(
                "numbers as 1234,5",
                "told: `--decimal-comma`",
                "replace(cast(round(1000 * sin(id), 1) AS string), '.', ',') AS v",
                "",
                "v left out 0.0",
                "read as numbers with the option decimal-comma");
        add(
                "numbers as 1,234.5",
                "told: `--thousands`",
                "format_number(5000 + 100 * id + 0.5, 1) AS v",
                "",
                "v left out 0.0",
                "read as numbers with the option thousands ','");
        add(
                "numbers as €5.20",
                "told: `--number-signs`",
                "concat('€', 5 + id / 4) AS v",
                "",
                "v left out 0.0",
                "read as numbers with the option number-signs");
        add(
                "numbers as 5.2 %",
                "told: `--number-signs`",
                "concat(5 + id / 4, ' %') AS v",
                "",
                "v left out 0.0",
                "read as numbers with the option number-signs");
        add(
                "numbers as 5 kg",
                "told: `--number-signs`",
                "concat(id % 40, ' kg') AS v",
                "",
                "v categorical 0.0",
                "read as numbers with the option number-signs 'kg'");
        add(
                "numbers as 1 234, the blank one that does not break",
                "told: `--thousands`",
                "replace(format_number(5000 + id, 0), ',', decode(unhex('C2A0'), 'utf-8')) AS v",
                "",
                "v left out 0.0",
                "read as numbers with the option thousands ' '");
        add(
                "dates as 31/12/24",
                "told: `data.types.time`",
                "date_format(date_add(DATE'2024-01-01', cast(id % 60 AS int)), 'dd/MM/yy') AS v",
                "",
                "v categorical 0.0",
                "read as times 100.0 % as dd/MM/yy (data.types.time");
        add(
                "whole numbers such as 20241231",
                "told: `data.types.time`",
                "cast(date_format(date_add(DATE'2024-01-01', cast(id % 60 AS int)), 'yyyyMMdd') AS int) AS v",
                "",
                "v real 0.0",
                "would be dates if data.types.time=[[COLUMN, yyyyMMdd]] said so");
        add(
                "whole numbers such as 202412",
                "told: `data.types.time`",
                "cast(date_format(add_months(DATE'2023-01-01', cast(id % 20 AS int)), 'yyyyMM') AS int) AS v",
                "",
                "v",
                "would be months if data.types.time=[[COLUMN, yyyyMM]] said so");
        add(
                "numbers of seconds since 1970",
                "told: `data.types.time`",
                "1700000000 + id % 60 * 90000 AS v",
                "",
                "v real 0.0",
                "would be times from 2023-11-14 to 2024-01-15 if data.types.time=[[COLUMN, epoch-seconds]] said so");
        add(
                "numbers of milliseconds since 1970, one for each row",
                "left out, told: `data.types.time`",
                "1700000000123 + id * 60000 AS v",
                "",
                "v left out 0.0",
                "an identifier",
                "if data.types.time=[[COLUMN, epoch-milliseconds]] said so");
        add(
                "months such as 2024-12",
                "told: `data.types.time`",
                "date_format(add_months(DATE'2023-01-01', cast(id % 20 AS int)), 'yyyy-MM') AS v",
                "",
                "v categorical 0.0",
                "read as times 100.0 % as yyyy-MM");
        add(
                "numbers with -999 among them",
                "told: `data.missing`",
                "if(id % 10 = 0, -999D, round(sin(id), 6)) AS v",
                "",
                "v real 0.0",
                "-999 lies far from all others, in 10.0 % of the rows",
                "add it to data.missing");
        add(
                "dates written in two ways",
                "told: `data.types.time`",
                "date_format(date_add(DATE'2024-01-01', cast(id % 60 AS int)), if(id % 2 = 0, 'yyyy-MM-dd', 'dd.MM.yyyy'))"
                        + " AS v",
                "",
                "v categorical 0.0",
                "50.0 % as iso, 50.0 % as dd.MM.yyyy");
        add(
                "dates with 0000-00-00 among them",
                "told: `data.missing`",
                "if(id % 10 = 0, '0000-00-00', date_format(date_add(DATE'2024-01-01', cast(id % 60 AS int)),"
                        + " 'yyyy-MM-dd')) AS v",
                "",
                "v categorical 0.0",
                "90.0 % as iso (data.types.time",
                "data.missing may name");
        add(
                "times with 9999-12-31 among them",
                "told: `data.missing`",
                "if(id % 10 = 0, '9999-12-31', date_format(date_add(DATE'2024-01-01', cast(id % 60 AS int)),"
                        + " 'yyyy-MM-dd')) AS v",
                "",
                "v time 0.0",
                "from the year 2024 to 9999",
                "data.missing");
        add(
                "categories that differ by case, or by how é is written",
                "told",
                "if(id % 2 = 0, 'caf\u00e9', 'Cafe\u0301') AS v",
                "",
                "v categorical 0.0 2",
                "only by case or the way letters are written");
        add(
                "infinity in every row",
                "left out, told",
                "double('Infinity') AS v",
                "",
                "v left out 0.0",
                "infinite in every row that has a value");
        add("one value in every row", "left out, told", "7 AS v", "", "v left out 0.0", "constant: every value is 7");
    }

    private void refused() {
        refuse(
                "an infinity",
                "if(id = 7, double('Infinity'), round(sin(id), 6)) AS v",
                "column v must have a finite number in every row that has a value");
        refuse(
                "a word among numbers",
                "if(id = 7, 'oops', cast(round(sin(id), 6) AS string)) AS v",
                "column v must have a number in every row that has a value, but 1 of",
                "\"oops\"");
        refuse(
                "a word among times",
                "if(id = 7, 'oops', cast(timestamp_seconds(1.7e9 + id * 4000) AS string)) AS v",
                "column v must have a time such as iso in every row that has a value, but 1 of",
                "\"oops\"");
    }

    // Without options, as a column of one table, which is looked at once.
    private void add(String oddity, String says, String sql, String options, String start, String... parts) {
        String name = "v" + cells.size();
        String column = sql.replaceFirst("v$", name);
        if (options.isEmpty()) {
            columns.add(column);
        }
        for (String format : FORMATS) {
            cells.add(new OddCell(oddity, format, says, world -> {
                if (options.isEmpty()) {
                    String said = world.inspected(format, "id % 97 * 0.5 AS y;" + String.join(";", columns));
                    OddWorld.hasLine(said, start.replaceFirst("^v", name), parts);
                } else {
                    world.table(format, "odd", 300, "id % 97 * 0.5 AS y;" + sql);
                    world.inspects("odd", options, start, parts);
                }
            }));
        }
    }

    private void refuse(String oddity, String sql, String... parts) {
        for (String format : FORMATS) {
            cells.add(new OddCell(oddity, format, "exit 3", world -> {
                world.table(format, "odd", 300, "id % 97 * 0.5 AS y;" + sql);
                // Whichever side the row is on.
                world.refuses("train --input odd --validation odd --model model" + OddWorld.QUICK, parts);
            }));
        }
    }
}
