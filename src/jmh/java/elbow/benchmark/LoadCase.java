package elbow.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Something large that must be borne, in a process of its own with a limit of its own.
 *
 * @param name by which it is called
 * @param whole what it is
 * @param quickly what it is with {@code --quick}
 * @param heap the process's limit, in megabytes
 * @param resident most that all of it may take of the machine's memory, in megabytes
 * @param minutes most that it may take, whole, on two cores
 * @param flat whether its memory may not grow from the first quarter of the time on
 * @param prepare writes what it reads, in a process before
 * @param run what is measured
 */
record LoadCase(
        String name,
        String whole,
        String quickly,
        int heap,
        int resident,
        int minutes,
        boolean flat,
        Work prepare,
        Work run) {

    /** Growth in megabytes from which memory does not count as flat. */
    static final int GROWTH = 64;

    /** A part of a case. */
    interface Work {
        void run(LoadWork work) throws Exception;
    }

    /** All of them, the shorter ones first. */
    static List<LoadCase> all() {
        return List.of(
                new LoadCase(
                        "memory",
                        "500,000 rows of 20 columns, trained on and scored by a driver of 512 MB",
                        "50,000 rows",
                        512,
                        1_300,
                        20,
                        false,
                        work -> LoadTables.rows(work.spark(), work.rows(), 20, work.number(500_000, 50_000)),
                        work -> {
                            work.train("training.epochs=3", "training.replicas=2");
                            work.score(work.number(500_000, 50_000));
                        }),
                new LoadCase(
                        "replicas",
                        "64 replicas in one process, 64,000 rows of 30 columns",
                        "6,400 rows",
                        2_000,
                        4_000,
                        20,
                        false,
                        work -> LoadTables.rows(work.spark(), work.rows(), 30, work.number(64_000, 6_400)),
                        work -> work.train("training.epochs=10", "training.replicas=64")),
                new LoadCase(
                        "partitions",
                        "100 partitions in one batch",
                        "10 partitions",
                        1_000,
                        2_000,
                        20,
                        false,
                        work -> LoadTables.days(work.rows(), work.number(100, 10)),
                        work -> {
                            work.trainOnDays();
                            work.batch(work.number(100, 10));
                        }),
                new LoadCase(
                        "columns",
                        "50,000 rows of 5,000 columns, trained on and scored",
                        "2,000 rows",
                        4_000,
                        7_000,
                        60,
                        false,
                        work -> LoadTables.rows(work.spark(), work.rows(), 5_000, work.number(50_000, 2_000)),
                        work -> {
                            work.train("training.epochs=1", "training.replicas=2");
                            work.score(work.number(50_000, 2_000));
                        }),
                new LoadCase(
                        "images",
                        "2,000 images of 128 x 128 x 3, by convolutions, 2 epochs",
                        "60 images, 1 epoch",
                        3_000,
                        6_000,
                        60,
                        false,
                        work -> LoadTables.images(work.rows(), 128, work.number(2_000, 60)),
                        work -> {
                            work.train(
                                    "model.network=convolutional",
                                    "training.epochs=" + work.number(2, 1),
                                    "training.batch-size=32",
                                    "scoring.samples=1");
                            work.score(work.number(2_000, 60));
                        }),
                new LoadCase(
                        "batches",
                        "500 batches, one after another in one driver",
                        "30 batches",
                        1_000,
                        2_000,
                        40,
                        true,
                        work -> LoadTables.days(work.rows(), 1),
                        work -> {
                            work.trainOnDays();
                            work.batches(work.number(500, 30));
                        }),
                new LoadCase(
                        "rounds",
                        "1,000 rounds of two replicas with 10 million parameters",
                        "40 rounds",
                        4_000,
                        7_000,
                        60,
                        true,
                        // A tenth is held out; a round takes 8 rows of each of two replicas.
                        work -> LoadTables.rows(work.spark(), work.rows(), 100, work.number(17_800, 712)),
                        work -> work.train(
                                "model.encoder-sizes=[43000]",
                                "model.latent-size=10",
                                "training.replicas=2",
                                "training.batch-size=8",
                                "training.averaging-frequency=1",
                                "training.measure-every=1000",
                                "training.epochs=1")),
                new LoadCase(
                        "table",
                        "5 million rows of 200 columns, trained on and scored",
                        "100,000 rows",
                        4_000,
                        7_000,
                        90,
                        false,
                        work -> LoadTables.rows(work.spark(), work.rows(), 200, work.number(5_000_000, 100_000)),
                        work -> {
                            work.train("training.epochs=1", "training.replicas=2");
                            work.score(work.number(5_000_000, 100_000));
                        }));
    }

    /**
     * Some of them, by name.
     *
     * @param names separated by commas; empty: all
     * @throws IllegalArgumentException if there is none of a name
     */
    static List<LoadCase> some(Optional<String> names) {
        if (names.isEmpty()) {
            return all();
        }
        Set<String> wanted = new TreeSet<>(Arrays.asList(names.get().split(",")));
        List<LoadCase> some =
                all().stream().filter(load -> wanted.remove(load.name)).toList();
        if (!wanted.isEmpty()) {
            throw new IllegalArgumentException(
                    "--case must be of " + all().stream().map(LoadCase::name).toList() + ", but has " + wanted);
        }
        return some;
    }
}
