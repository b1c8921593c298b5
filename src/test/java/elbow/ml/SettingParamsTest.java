package elbow.ml;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.base.Configuration;
import elbow.base.KeyComments;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.StringArrayParam;
import org.junit.jupiter.api.Test;

/** The params are the keys of reference.conf, with their defaults and docs. */
class SettingParamsTest {
    private static final Path SNAPSHOT = Path.of("src/test/resources/elbow/ml/params.txt");
    private static final Pattern DECLARATION = Pattern.compile(
            "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*default [\\w<>]+ (\\w+)\\(\\) \\{\\s*return SettingParams\\.\\w+\\(this, \"(\\w+)\"\\);",
            Pattern.DOTALL);

    private final VariationalAutoencoder vae = new VariationalAutoencoder("vae");

    @Test
    void everyKeyIsAParamOrSaysWhyNot() {
        Set<String> keys = new TreeSet<>(Configuration.defaults().asMap().keySet());
        keys.removeAll(SettingKeys.BY_NAME.values());
        keys.removeIf(key -> SettingKeys.NO_PARAMS.containsKey(key)
                || SettingKeys.NO_PARAMS.keySet().stream().anyMatch(section -> key.startsWith(section + ".")));

        assertThat(keys).isEmpty();
    }

    @Test
    void everyListedKeyExists() {
        Set<String> keys = Configuration.defaults().asMap().keySet();

        assertThat(keys).containsAll(SettingKeys.BY_NAME.values());
        assertThat(SettingKeys.BY_NAME.values()).doesNotHaveDuplicates();
        assertThat(SettingKeys.NO_PARAMS.keySet())
                .allMatch(listed -> keys.stream().anyMatch(key -> key.equals(listed) || key.startsWith(listed + ".")));
    }

    @Test
    void everyListedNameIsAParamOfTheEstimator() {
        assertThat(names()).containsAll(SettingKeys.BY_NAME.keySet());
    }

    @Test
    void namesAndDefaultsAreThoseThatSavedPipelinesHave() throws IOException {
        List<String> lines = Arrays.stream(vae.params())
                .map(param -> param.name() + " " + param.getClass().getSimpleName() + " "
                        + (vae.hasDefault(param) ? shown(vae.getOrDefault(param)) : "undefined"))
                .toList();

        assertThat(lines).isEqualTo(Files.readAllLines(SNAPSHOT));
    }

    private static String shown(Object value) {
        return value instanceof Object[] list ? Arrays.toString(list) : String.valueOf(value);
    }

    @Test
    void explainParamsSaysWhatReferenceConfSays() {
        assertThat(vae.explainParams())
                .contains("batchSize: Rows per minibatch step of one replica. (training.batch-size) (default: 128)\n")
                .contains("conditions: Columns that are given and not modelled, such as [shop, hour]. Encoder and"
                        + " decoder see them, ")
                .contains("latentSize: " + KeyComments.of("model.latent-size")
                        + " Not set: auto. (model.latent-size) (undefined)")
                .contains("imageWidth: Pixels of an image from top to bottom and from left to right,")
                .contains("explained: How many columns contributions names of each row,");
    }

    @Test
    void docsHaveNoWordsOfTheCommandLine() {
        for (Param<?> param : vae.params()) {
            assertThat(param.doc()).as(param.name()).doesNotContain("--").hasSizeGreaterThan(20);
        }
    }

    @Test
    void everyKeyHasAComment() {
        assertThat(Configuration.defaults().asMap().keySet())
                .allSatisfy(key -> assertThat(KeyComments.of(key)).as(key).isNotBlank());
    }

    @Test
    void javadocBeginsAsTheDoc() throws IOException {
        Map<String, String> javadoc = javadoc();

        assertThat(javadoc.keySet()).containsAll(SettingKeys.BY_NAME.keySet());
        javadoc.forEach((name, text) -> {
            assertThat(SettingKeys.doc(name) + ".").as(name).startsWith(text.substring(0, text.length() - 1));
            assertThat(text).as(name).endsWith(".");
            assertThat(openedNotClosed(text)).as(name).isZero();
        });
    }

    // Of a text that was cut in mid-sentence; [0, 1) is no such one.
    private static long openedNotClosed(String text) {
        String plain = text.replaceAll("[\\[(][0-9.]+, [0-9.]+[\\])]", "");
        return plain.chars().filter(c -> c == '(').count()
                - plain.chars().filter(c -> c == ')').count();
    }

    private static Map<String, String> javadoc() throws IOException {
        Map<String, String> javadoc = new TreeMap<>();
        try (Stream<Path> sources = Files.list(Path.of("src/main/java/elbow/ml"))) {
            for (Path source : sources.filter(path -> path.toString().endsWith("Params.java"))
                    .toList()) {
                Matcher matcher = DECLARATION.matcher(Files.readString(source));
                while (matcher.find()) {
                    assertThat(matcher.group(2)).isEqualTo(matcher.group(3));
                    String text = matcher.group(1).replaceAll("\\s*\\n\\s*\\*\\s*", " ");
                    javadoc.put(matcher.group(2), text.strip());
                }
            }
        }
        return javadoc;
    }

    @Test
    void aSetterOfEachParamReturnsTheEstimatorAndReachesTheConfiguration() throws ReflectiveOperationException {
        for (String name : SettingKeys.BY_NAME.keySet()) {
            VariationalAutoencoder set = new VariationalAutoencoder("vae");
            Param<?> param = set.getParam(name);
            Method setter = Arrays.stream(VariationalAutoencoder.class.getMethods())
                    .filter(method -> method.getName().equals("set" + capital(name)))
                    .filter(method -> method.getParameterTypes()[0] != Map.class)
                    .findFirst()
                    .orElseGet(() -> mapSetter(name));

            assertThat(setter.invoke(set, argument(setter, param))).as(name).isSameAs(set);
            assertThat(SettingParams.configuration(set).isChanged(SettingKeys.of(name)))
                    .as(name)
                    .isTrue();
        }
    }

    private static Method mapSetter(String name) {
        try {
            return VariationalAutoencoder.class.getMethod("set" + capital(name), Map.class);
        } catch (NoSuchMethodException e) {
            throw new AssertionError("no setter of " + name, e);
        }
    }

    private static Object argument(Method setter, Param<?> param) {
        if (setter.getParameterTypes()[0] == Map.class) {
            return Map.of("size", List.of("small", "large"));
        }
        if (setter.getParameterTypes()[0] == String[].class) {
            return new String[] {"one", "two"};
        }
        if (param instanceof IntParam) {
            return 77;
        }
        if (param instanceof LongParam) {
            return 1L << 40;
        }
        if (param instanceof DoubleParam) {
            return 0.0625;
        }
        if (param instanceof IntArrayParam) {
            return new int[] {3, 2};
        }
        return setter.getParameterTypes()[0] == boolean.class ? (Object) true : "another";
    }

    private static String capital(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    @Test
    void everyParamHasAGetter() {
        Set<String> methods = Arrays.stream(VariationalAutoencoder.class.getMethods())
                .map(Method::getName)
                .collect(Collectors.toSet());

        assertThat(methods)
                .containsAll(names().stream().map(name -> "get" + capital(name)).toList());
    }

    @Test
    void valuesAreThoseThatAFileWouldHave() {
        VariationalAutoencoder set = new VariationalAutoencoder("vae")
                .setLatentSize(3)
                .setEncoderSizes(64, 32)
                .setLearningRate(1e-4)
                .setBeta(2)
                .setRealCols("a", "b")
                .setLevels(Map.of("size", List.of("small", "large")))
                .setTimeCols(Map.of("opened", "dd/MM/yyyy"))
                .setSeed(7);

        assertThat(SettingParams.configuration(set))
                .isEqualTo(Configuration.defaults().withText("""
                                seed = 7
                                model { latent-size = 3, encoder-sizes = [64, 32] }
                                training.learning-rate = 0.00010
                                objective.beta = 2
                                data { types { real = [a, b], time = [[opened, dd/MM/yyyy]] }
                                       levels = [[size, small, large]] }
                                """, "a test"));
        assertThat(set.getLatentSize()).hasValue(3);
        assertThat(set.getEpochs()).isEmpty();
        assertThat(set.getEncoderSizes()).contains(List.of(64, 32));
        assertThat(set.getBatchSize()).isEqualTo(128);
        assertThat(set.getRealCols()).containsExactly("a", "b");
    }

    @Test
    void aShareThatIsNoNumberIsAuto() {
        assertThat(SettingParams.configuration(vae.setMaskShare(Double.NaN)).text("objective.mask-share"))
                .isEqualTo("auto");
        assertThat((Double) vae.maskShare().jsonDecode(vae.maskShare().jsonEncode(Double.NaN)))
                .isNaN();
        assertThat(vae.explainParams()).contains(" 0: none is. NaN: auto. (objective.mask-share)");
        // Elsewhere it is what it is.
        assertThat(SettingParams.configuration(vae.setBeta(Double.NaN)).text("objective.beta"))
                .isEqualTo("NaN");
    }

    @Test
    void roundNumbersAreWrittenWithoutAnExponent() {
        assertThat(Stream.of(0.0, 10.0, -300.0, 2500.0, 1e14, 0.5, 1e-4).map(SettingParams::text))
                .containsExactly("0", "10", "-300", "2500", "100000000000000", "0.5", "0.0001");
        assertThat(Stream.of(1e20, 1e-7).map(SettingParams::text)).containsExactly("1E+20", "1E-7");
        assertThat(SettingParams.configuration(vae.setBeta(10)).asTexts()).containsEntry("objective.beta", "10");
    }

    @Test
    void anEstimatorWithoutAnySettingIsTheDefaults() {
        assertThat(SettingParams.configuration(vae)).isEqualTo(Configuration.defaults());
        assertThat(vae.params())
                .allMatch(param -> !(param instanceof StringArrayParam)
                        || param.name().equals("inputCols")
                        || vae.hasDefault(param));
    }

    private Set<String> names() {
        return Arrays.stream(vae.params()).map(Param::name).collect(Collectors.toSet());
    }
}
