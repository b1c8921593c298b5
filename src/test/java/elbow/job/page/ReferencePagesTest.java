package elbow.job.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The pages settings.md and commands.md say what reference.conf and the commands say. */
class ReferencePagesTest {
    private static final Path PAGES = Path.of("src/site/markdown");
    private static final Path RIGHT = Path.of("target/pages");

    @Test
    void settingsAreThoseOfReferenceConf() throws IOException {
        assertIsOnPage("settings.md", SettingsPage.of(Configuration.reference()));
    }

    @Test
    void commandsAreThoseOfTheProgram() throws IOException {
        assertIsOnPage("commands.md", CommandsPage.of());
    }

    private static void assertIsOnPage(String name, String text) throws IOException {
        Path right = Files.createDirectories(RIGHT).resolve(name);
        Files.writeString(right, text);
        assertThat(PAGES.resolve(name))
                .as("page that says something else than the program; copy %s over it", right)
                .hasContent(text);
    }

    @Test
    void everyKeyIsReadFromTheFileOnceAndHasAMeaning() {
        List<SettingsPage.Section> sections = SettingsPage.sections(Configuration.reference());

        assertThat(sections.stream().flatMap(section -> section.keys().stream()).flatMap(keys -> keys.names().stream()))
                .containsExactlyInAnyOrderElementsOf(
                        Configuration.defaults().asMap().keySet());
        assertThat(sections.stream().flatMap(section -> section.keys().stream()))
                .allSatisfy(keys -> assertThat(keys.meaning()).endsWith("."));
    }

    @Test
    void keysBelowOneAnotherShareAComment() {
        List<SettingsPage.Section> sections = SettingsPage.sections("""
                # Above all.

                # Of the first.
                seed = 42

                # A section
                # of two lines.
                part {
                  # Both.
                  inner.height = auto
                  inner.width = 3
                }
                """);

        assertThat(sections)
                .containsExactly(
                        new SettingsPage.Section(
                                "",
                                "",
                                List.of(new SettingsPage.Keys(List.of("seed"), List.of("42"), "Of the first."))),
                        new SettingsPage.Section(
                                "part",
                                "A section of two lines.",
                                List.of(new SettingsPage.Keys(
                                        List.of("part.inner.height", "part.inner.width"),
                                        List.of("auto", "3"),
                                        "Both."))));
    }

    @Test
    void aLineThatIsNothingKnownIsRefused() {
        assertThatThrownBy(() -> SettingsPage.sections("seed: 42"))
                .hasMessage("reference.conf has a line that is neither key nor section: seed: 42");
    }

    @Test
    void everyOptionHasAMeaning() {
        assertThat(CommandsPage.commands()).hasSizeGreaterThan(14).allSatisfy(command -> {
            assertThat(command.getCommandSpec().usageMessage().header()).isNotEmpty();
            assertThat(command.getCommandSpec().options())
                    .allSatisfy(option -> assertThat(option.description()).isNotEmpty());
        });
        assertThat(CommandsPage.commands())
                .extracting(CommandLine::getCommandName)
                .contains("train", "report", "settings", "help")
                .doesNotContain("demo-table");
    }
}
