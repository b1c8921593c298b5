package elbow.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** A page of its own: no script, nothing loaded from elsewhere. The parts that reports of every kind share. */
public final class Page {
    private static final String STYLE = resource("report.css");

    private Page() {}

    /** The style sheet of all pages. */
    public static String style() {
        return STYLE;
    }

    /** The whole file, with {@code sections} below the heading. */
    public static String of(String title, Html subtitle, List<Html> sections) {
        return Html.of("""
                        <!DOCTYPE html>
                        <html lang="en">
                        <head>
                        <meta charset="utf-8">
                        <meta name="viewport" content="width=device-width, initial-scale=1">
                        <meta name="color-scheme" content="light dark">
                        <title>{}</title>
                        <style>
                        {}</style>
                        </head>
                        <body>
                        <header>
                        <h1>{}</h1>
                        <p class="subtitle">{}</p>
                        </header>
                        <main>
                        {}
                        </main>
                        <footer>Elbow</footer>
                        </body>
                        </html>
                        """, title, new Html(STYLE), title, subtitle, Html.join(sections))
                .markup();
    }

    /** A section under a heading of the second level. */
    public static Html section(String id, String heading, List<Html> content) {
        return Html.of("""
                <section aria-labelledby="{}">
                <h2 id="{}">{}</h2>
                {}
                </section>""", id, id, heading, Html.join(content));
    }

    /** One figure to see at a glance, with a line on what it means. */
    public static Html card(String name, String value, String note) {
        return Html.of("""
                <div class="card"><dt>{}</dt><dd class="value">{}</dd><dd class="note">{}</dd></div>""", name, value, note);
    }

    /** Cards in a row. */
    public static Html cards(List<Html> cards) {
        return Html.of("<dl class=\"cards\">\n{}\n</dl>", Html.join(cards));
    }

    /** Charts side by side where the page is wide enough. */
    public static Html sideBySide(List<Html> charts) {
        return Html.of("<div class=\"pair\">\n{}\n</div>", Html.join(charts));
    }

    /** Names and values side by side. */
    public static Html facts(Map<String, String> facts) {
        List<Html> rows = facts.entrySet().stream()
                .map(fact -> Html.of("<div><dt>{}</dt><dd>{}</dd></div>", fact.getKey(), fact.getValue()))
                .toList();
        return Html.of("<dl class=\"facts\">\n{}\n</dl>", Html.join(rows));
    }

    /** A table in a box that scrolls when it is long, and is printed whole. */
    public static Html table(String caption, List<Html> headings, List<Html> rows) {
        return Html.of("""
                <div class="scroll" role="region" aria-label="{}" tabindex="0">
                <table>
                <caption>{}</caption>
                <thead><tr>{}</tr></thead>
                <tbody>
                {}
                </tbody>
                </table>
                </div>""", caption, caption, Html.join(headings), Html.join(rows));
    }

    /** Headings of columns of text. */
    public static Stream<Html> textHeadings(String... headings) {
        return Stream.of(headings).map(heading -> Html.of("<th scope=\"col\">{}</th>", heading));
    }

    /** Headings of columns of numbers. */
    public static Stream<Html> numberHeadings(String... headings) {
        return Stream.of(headings).map(heading -> Html.of("<th scope=\"col\" class=\"number\">{}</th>", heading));
    }

    /** A cell of a column of numbers. */
    public static Html number(String text) {
        return Html.of("<td class=\"number\">{}</td>", text);
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(Page.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(name + " must be readable from the class path, but is not", e);
        }
    }
}
