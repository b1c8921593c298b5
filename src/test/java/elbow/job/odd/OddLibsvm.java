package elbow.job.odd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** Oddities that only LIBSVM can have. */
final class OddLibsvm {
    private final List<OddCell> cells = new ArrayList<>();

    static List<OddCell> cells() {
        OddLibsvm libsvm = new OddLibsvm();
        libsvm.rows();
        return libsvm.cells;
    }

    private void rows() {
        add("indices from 0", "exit 3, file", world -> {
            world.write("odd.libsvm", "1 0:0.5 1:2\n0 0:0.25\n");
            world.refuses("inspect --input odd.libsvm", "odd.libsvm", "whole numbers from 1 on");
        });
        add("fewer features than the model has", "zeros", world -> {
            world.write("usual.libsvm", OddWorld.numbers("LIBSVM"));
            world.write("odd.libsvm", "1 1:0.5\n0 1:0.25\n");
            world.runs("train --input usual.libsvm --ignore label --model model" + OddWorld.QUICK);
            world.runs("score --model model --input odd.libsvm --output scores");
            assertThat(world.scores("scores")).hasSize(2);
        });
        add("an index of 2000000000", "exit 3", world -> {
            world.write("odd.libsvm", "1 1:0.5 2000000000:1\n0 1:0.25\n");
            world.refuses("inspect --input odd.libsvm", "must have vectors of at most 1,000,000 elements");
        });
        add("a word among numbers", "exit 3, file", world -> {
            world.write("odd.libsvm", "1 1:0.5 2:1\n0 1:x\n");
            world.refuses("inspect --input odd.libsvm", "odd.libsvm", "but one has \"1:x\"");
        });
        pairs();
    }

    private void pairs() {
        no("a comment behind a row", "1 1:0.5 2:1 # late", "odd.libsvm", "has \"#\": a comment is a line of its own");
        no("a pair of three", "1 1:0.5 2:1:7", "has \"2:1:7\"");
        no("a pair without a value", "1 1:0.5 2:", "has \"2:\"");
        no("numbers as 1d and 0x1p3", "1 1:0.5 2:1d", "has \"2:1d\"");
        no("indices that do not ascend", "1 2:0.5 1:1", "has \"1:1\"");
        no("a query such as qid:3", "1 qid:3 1:0.5 2:1", "has \"qid:3\"");
        no("several labels", "1,2 1:0.5 2:1", "begins with \"1,2\"");
        no("tabs between pairs", "1\t1:0.5\t2:1", "blanks must part");
        add("comments between rows", "passed over", world -> {
            world.write("odd.libsvm", OddWorld.numbers("LIBSVM").replace("\n", "\n# note\n"));
            assertThat(world.runs("inspect --input odd.libsvm")).containsPattern("rows +60\n");
        });
    }

    private void no(String oddity, String line, String... parts) {
        add(oddity, "exit 3, file", world -> {
            world.write("odd.libsvm", OddWorld.numbers("LIBSVM") + line + "\n");
            world.refuses("inspect --input odd.libsvm", parts);
        });
    }

    private void add(String oddity, String says, OddCell.Trial trial) {
        cells.add(new OddCell(oddity, "LIBSVM", says, trial));
    }
}
