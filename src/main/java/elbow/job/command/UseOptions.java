package elbow.job.command;

import elbow.job.run.Session;
import elbow.job.use.UseRequest;
import java.util.List;
import picocli.CommandLine.Mixin;

/** The options of commands that bring rows to a model and write the table that comes of them. */
final class UseOptions {
    @Mixin
    private TableOptions table = new TableOptions();

    @Mixin
    private InputOptions input = new InputOptions();

    @Mixin
    private AbsentOption absent = new AbsentOption();

    UseRequest request(Session session, List<String> kept) {
        return new UseRequest(table.model(), absent.apply(input.input(session)), table.request(), kept);
    }
}
