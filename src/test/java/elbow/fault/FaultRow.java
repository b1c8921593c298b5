package elbow.fault;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A row of the page: a fault, and all tests that make it.
 *
 * @param tests classes, without package, and methods, in the order of the alphabet
 */
record FaultRow(Fault.Section section, String fault, String where, String promised, List<String> tests) {
    private static final Comparator<FaultRow> ORDER = Comparator.comparing(FaultRow::section)
            .thenComparing(row -> row.fault.replaceFirst("^(an?|the) ", "").toLowerCase(Locale.ROOT))
            .thenComparing(FaultRow::fault)
            .thenComparing(FaultRow::where)
            .thenComparing(FaultRow::promised);

    static String nameOf(Method test) {
        return test.getDeclaringClass().getSimpleName() + "." + test.getName();
    }

    /** All rows that tests ask for, in the order of the page: by what goes wrong. */
    static List<FaultRow> all() throws IOException {
        return of(methods());
    }

    static List<FaultRow> of(List<Method> tests) {
        Map<FaultRow, TreeSet<String>> rows = new TreeMap<>(ORDER);
        for (Method test : tests) {
            for (Fault fault : test.getAnnotationsByType(Fault.class)) {
                FaultRow row = new FaultRow(fault.section(), fault.fault(), fault.where(), fault.promised(), List.of());
                rows.computeIfAbsent(row, unused -> new TreeSet<>()).add(nameOf(test));
            }
        }
        List<FaultRow> full = new ArrayList<>();
        rows.forEach((row, names) ->
                full.add(new FaultRow(row.section, row.fault, row.where, row.promised, List.copyOf(names))));
        return full;
    }

    /** Every method with a {@link Fault} among the compiled tests. */
    static List<Method> methods() throws IOException {
        Path root = classes();
        List<Method> methods = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".class"))
                    .sorted()
                    .toList()) {
                // Most classes have none, and need not be loaded.
                if (Files.readString(file, StandardCharsets.ISO_8859_1).contains("Lelbow/fault/Fault")) {
                    String name = root.relativize(file).toString();
                    Class<?> type = load(name.substring(0, name.length() - ".class".length())
                            .replace(file.getFileSystem().getSeparator(), "."));
                    Stream.of(type.getDeclaredMethods())
                            .filter(method -> method.getAnnotationsByType(Fault.class).length > 0)
                            .forEach(methods::add);
                }
            }
        }
        return methods;
    }

    private static Path classes() {
        try {
            return Path.of(FaultRow.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, FaultRow.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
