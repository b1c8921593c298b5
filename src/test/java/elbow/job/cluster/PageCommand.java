package elbow.job.cluster;

import static elbow.job.process.ElbowProcess.HOME;
import static elbow.job.process.ElbowProcess.LAUNCHER;

import elbow.job.page.ShellBlocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A command of the page on clusters, for this machine: variables before it, options of spark-submit, and the words from
 * Elbow's command on.
 */
record PageCommand(Map<String, String> environment, List<String> submit, List<String> elbow) {
    private static final Path PAGE = Path.of("src/site/markdown/cluster.md");

    /** The one command of the page that has a text and has not another one. */
    static PageCommand with(String text, String without) throws IOException {
        List<String> found = ShellBlocks.commands(Files.readString(PAGE)).stream()
                .filter(command -> command.contains(text) && !command.contains(without))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError("one command of " + PAGE + " must have " + text + ", but " + found);
        }
        Map<String, String> environment = new LinkedHashMap<>();
        List<String> submit = new ArrayList<>();
        List<String> elbow = new ArrayList<>();
        for (String word : found.get(0).split(" ", -1)) {
            String here = word.replaceFirst("^conf/", HOME + "/conf/").replaceFirst("^jobs/elbow$", LAUNCHER);
            int equals = word.indexOf('=');
            if (submit.isEmpty() && word.matches("[A-Z_]+=.*")) {
                environment.put(word.substring(0, equals), word.substring(equals + 1));
            } else if (elbow.isEmpty() && !here.equals("train")) {
                submit.add(here);
            } else {
                elbow.add(here);
            }
        }
        return new PageCommand(environment, submit, elbow);
    }
}
