package elbow.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.SharedSpark;
import elbow.math.Blas;
import elbow.model.ModelDirectory;
import elbow.model.TrainedModel;
import elbow.score.RowScoring;
import elbow.score.ScoringPlan;
import elbow.vae.VaeSpecJson;
import elbow.vae.latent.PosteriorReaders;
import elbow.vae.layer.LayerReaders;
import elbow.vae.likelihood.LikelihoodReaders;
import elbow.vae.prior.PriorReaders;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Models of each kind that an earlier build left (without their reports), and the scores that they gave. What they were
 * trained with stands in their manifests. The scores are held to the bit where the products are computed as they were
 * then, else within what products of 32 bits that add in another order may differ by. A file of "earlier" is never
 * changed, only added to: {@link #everyKindOfPartIsThere} asks for a model of each new kind.
 */
class EarlierFamilyIT {
    private static final String[] SCORES = {"elbo", "kl", "importance_weighted_bound", "anomaly_score"};
    private static final float TOLERANCE = 1e-5f;
    private static final String TABLE = "id LONG, a DOUBLE, b DOUBLE, c STRING, d DOUBLE, e INT, f INT, g INT, h INT";
    private static final String PICTURES = "id LONG, b DOUBLE, tone STRING, picture BINARY";

    static List<String> kinds() {
        try (Stream<Path> directories = Files.list(earlier())) {
            return directories
                    .filter(Files::isDirectory)
                    .map(directory -> directory.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aModelOfEachKindGivesTheScoresThatItGaveThen(String kind) throws IOException {
        TrainedModel model = load(kind);
        Dataset<Row> rows = rows(model.encoder().images().isEmpty());

        List<Row> scores = RowScoring.score(rows, model, new ScoringPlan(List.of("id"), 3, 1.0, 0, Instant.EPOCH))
                .select("id", SCORES)
                .collectAsList()
                .stream()
                .sorted(Comparator.comparing(row -> row.getLong(0)))
                .toList();

        List<String> then = Files.readAllLines(earlier().resolve(kind).resolve("scores.csv"));
        assertThat(scores).hasSize(then.size() - 1);
        boolean alike = Blas.description().equals(model.manifest().versions().get("blas"));
        for (int i = 0; i < scores.size(); i++) {
            String[] expected = then.get(i + 1).split(",", -1);
            for (int j = 0; j < SCORES.length; j++) {
                double value = Double.parseDouble(expected[j]);
                assertThat(scores.get(i).getDouble(j + 1))
                        .as("%s of row %s", SCORES[j], i)
                        .isCloseTo(value, within(alike ? 0 : TOLERANCE * (1 + Math.abs(value))));
            }
        }
    }

    @Test
    void everyKindOfPartIsThere() {
        String specs = kinds().stream()
                .map(kind -> VaeSpecJson.write(load(kind).layer().spec()).toString())
                .collect(Collectors.joining());
        Set<String> missing = new TreeSet<>();
        for (Map<String, ?> readers :
                List.of(PriorReaders.ALL, PosteriorReaders.ALL, LayerReaders.ALL, LikelihoodReaders.ALL)) {
            readers.keySet().stream()
                    .filter(name -> !specs.contains("\"" + name + "\""))
                    .forEach(missing::add);
        }
        assertThat(missing).isEmpty();
    }

    private static Dataset<Row> rows(boolean table) {
        return SharedSpark.session()
                .read()
                .schema(table ? TABLE : PICTURES)
                .json(earlier().resolve(table ? "table.json" : "pictures.json").toString())
                .coalesce(1);
    }

    private static TrainedModel load(String kind) {
        return new ModelDirectory(earlier().resolve(kind).resolve("model").toString(), new Configuration()).load();
    }

    private static Path earlier() {
        try {
            return Path.of(Objects.requireNonNull(EarlierFamilyIT.class.getResource("earlier"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
