package elbow.job.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What stands apart from the text of Markdown pages: fenced blocks, and indented ones. */
final class PageBlocks {
    private static final Pattern FENCE = Pattern.compile("```(\\w*)\\s*");

    /**
     * A block.
     *
     * @param page the file's name, with the directory where that is not the pages'
     * @param language what is written behind the fence; empty of indented blocks
     * @param text the lines, without what indents all of them
     */
    record Block(String page, String language, String text) {
        /** How lists call it: by page and first line. */
        String name() {
            return page + ": " + text.lines().findFirst().orElse("");
        }
    }

    private PageBlocks() {}

    /** Those of all pages. */
    static List<Block> all() throws IOException {
        List<Block> blocks = new ArrayList<>();
        for (String page : List.of("README.md", "data/README.md", "notebooks/README.md")) {
            blocks.addAll(of(page, Files.readString(Path.of(page))));
        }
        try (Stream<Path> pages = Files.list(Path.of("src/site/markdown")).sorted()) {
            for (Path page : pages.toList()) {
                blocks.addAll(of(page.getFileName().toString(), Files.readString(page)));
            }
        }
        return blocks;
    }

    /** Those of a page. */
    static List<Block> of(String page, String text) {
        List<Block> blocks = new ArrayList<>();
        StringBuilder block = new StringBuilder();
        String language = "";
        boolean fenced = false;
        for (String line : (text + "\n\n.").lines().toList()) {
            Matcher fence = FENCE.matcher(line);
            if (fence.matches()) {
                close(blocks, page, language, block);
                fenced = !fenced;
                language = fenced ? fence.group(1) : "";
            } else if (fenced) {
                block.append(line).append('\n');
            } else if (line.startsWith("    ")) {
                block.append(line.substring(4)).append('\n');
            } else {
                close(blocks, page, language, block);
            }
        }
        return blocks;
    }

    private static void close(List<Block> blocks, String page, String language, StringBuilder block) {
        if (!block.toString().isBlank()) {
            blocks.add(new Block(page, language, block.toString()));
        }
        block.setLength(0);
    }
}
