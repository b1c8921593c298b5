package elbow.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class HtmlTest {
    @Test
    void textCannotBecomeMarkup() {
        assertThat(Html.text("<a href=\"x\" title='y'>&amp;").markup())
                .isEqualTo("&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;");
    }

    @Test
    void charactersThatAreNoHtmlOrHideTextAreReplaced() {
        assertThat(Html.text("a\u0000b\ud800c\u202ed").markup()).isEqualTo("a\ufffdb\ufffdc\ufffdd");
    }

    @Test
    void charactersBeyondTheBasicPlaneStay() {
        assertThat(Html.text("µ 😀").markup()).isEqualTo("µ 😀");
    }

    @Test
    void argumentsAreEscapedAndHtmlIsNot() {
        assertThat(Html.of("<p>{}{}</p>", "<", new Html("<b>x</b>")).markup()).isEqualTo("<p>&lt;<b>x</b></p>");
    }

    @Test
    void placesInsideArgumentsAreNotFilled() {
        assertThat(Html.of("{}-{}", "{}", 2).markup()).isEqualTo("{}-2");
    }

    @Test
    void aTemplateWithTooFewOrTooManyPlacesIsRejected() {
        assertThatThrownBy(() -> Html.of("{}", 1, 2)).hasMessage("template must have 2 places, but is {}");
        assertThatThrownBy(() -> Html.of("{} {}", 1)).hasMessage("template must have 1 places, but is {} {}");
    }

    @Test
    void piecesAreJoinedByLines() {
        assertThat(Html.join(List.of(new Html("a"), new Html("b"))).markup()).isEqualTo("a\nb");
    }
}
