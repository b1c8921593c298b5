package elbow.job;

import elbow.base.ErrorCategory;

/** The work of each command, options parsed. */
final class Commands {
    private Commands() {}

    static int train(TrainRequest request, Session session) {
        return missing("train", session);
    }

    static int score(ScoreRequest request, Session session) {
        return missing("score", session);
    }

    static int evaluate(EvaluateRequest request, Session session) {
        return missing("evaluate", session);
    }

    static int inspect(String model, Session session) {
        return missing("inspect", session);
    }

    private static int missing(String command, Session session) {
        session.console()
                .error(command + " is not part of this build on Spark "
                        + session.spark().version());
        return ErrorCategory.INTERNAL.exitCode();
    }
}
