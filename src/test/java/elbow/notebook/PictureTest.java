package elbow.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.report.Html;
import elbow.report.Page;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PictureTest {
    @Test
    void rulesOfTheStyleReachNothingOutsideThePicture() {
        String scoped = Picture.scoped("""
            :root { --ink: #111; }
            h1, .card dt { margin: 0; }
            @media (prefers-color-scheme: dark) {
              :root { --ink: #eee; }
              body { color: red; }
            }
            """);

        assertThat(scoped.replaceAll("\\s*\\n\\s*", ""))
                .isEqualTo(".elbow-picture{--ink: #111;}.elbow-picture h1,.elbow-picture .card dt{margin: 0;}@media"
                        + " (prefers-color-scheme: dark) {.elbow-picture{--ink: #eee;}.elbow-picture{color:"
                        + " red;}}");
    }

    @Test
    void everySelectorOfTheReportsIsScoped() {
        String scoped = Picture.scoped(Page.style());

        Pattern.compile("([^{}]+)\\{[^{}]*}").matcher(scoped).results().forEach(rule -> {
            for (String selector : rule.group(1).strip().split(",", -1)) {
                assertThat(selector).startsWith(".elbow-picture");
            }
        });
        assertThat(scoped.chars().filter(c -> c == '{').count())
                .isEqualTo(Page.style().chars().filter(c -> c == '{').count());
    }

    @Test
    void isShownByZeppelinWhenItIsPrinted() {
        Picture picture = Picture.of(List.of(Html.of("<p>{}</p>", "a < b")));

        assertThat(picture.toString()).isEqualTo("%html " + picture.html());
        assertThat(picture.html()).startsWith("<div class=\"elbow-picture\">").contains("<p>a &lt; b</p>");
    }

    @Test
    void namesOfTwoPicturesDiffer() {
        Picture one = Picture.of("glance", "One", List.of(new Html("<g id=\"clip\" clip-path=\"url(#clip)\"/>")));
        Picture other = Picture.of("glance", "Other", List.of(new Html("<g id=\"clip\" clip-path=\"url(#clip)\"/>")));

        assertThat(names(one)).doesNotContainAnyElementsOf(names(other));
        // What refers to a name goes on to do so.
        String clip = names(one).stream()
                .filter(name -> name.endsWith("-clip"))
                .findFirst()
                .orElseThrow();
        assertThat(one.html()).contains("url(#" + clip + ")");
    }

    private static List<String> names(Picture picture) {
        return Pattern.compile("\\sid=\"([^\"]+)\"")
                .matcher(picture.html())
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
