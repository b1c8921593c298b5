package elbow.files;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import java.io.File;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * All paths of a run, read and written, registered before it works: nothing that it reads is replaced by what it
 * writes, and no two things that it writes have one place. Each call throws an {@link ElbowException} of category USAGE
 * that names both paths if the one it adds does not go with an earlier one, in whatever order they are registered.
 *
 * <pre>
 *             a path that is read               a replaced place                  a directory of additions
 * replaced    not the same, not within it;      apart                             the directory not in it
 *             no file that is there and is
 *             within what is read
 * of its own  apart                             apart                             apart
 * </pre>
 *
 * <p>Nothing is written into a {@link TableDirectory} but by its table format, nor is one replaced.
 *
 * <p>On a local disk paths are compared where their links lead.
 */
public final class RunPaths {
    private enum Use {
        READ,
        REPLACED,
        ADDED,
        OWN
    }

    private record RunPath(Parameter parameter, Use use, Path named, Path canonical, boolean isFile) {
        boolean isIn(RunPath other) {
            return RunPaths.isIn(canonical, other.canonical);
        }

        /** Whether a reader of the directory {@code other} would read this: it passes over hidden names. */
        boolean wouldBeReadIn(RunPath other) {
            for (Path path = canonical; !path.equals(other.canonical); path = path.getParent()) {
                if (HiddenNames.isHidden(path.getName())) {
                    return false;
                }
            }
            return isFile;
        }
    }

    private final List<RunPath> all = new ArrayList<>();

    /** Files and directories that are read, with all that is in them. */
    public RunPaths reads(Parameter parameter, List<Path> qualified, org.apache.hadoop.conf.Configuration hadoop) {
        for (Path path : qualified) {
            try {
                reads(new Place(parameter, path.getFileSystem(hadoop), path));
            } catch (IOException e) {
                throw new ElbowException(ErrorCategory.USAGE, Message.of(parameter, ": ", Message.firstLine(e)), e);
            }
        }
        return this;
    }

    /** A file or directory that is read, with all that is in it. */
    public RunPaths reads(Place place) {
        return add(place, Use.READ);
    }

    /** A file or directory that is made, or replaced as a whole. */
    public RunPaths replaces(Place place) {
        return add(place, Use.REPLACED);
    }

    /** As {@link #replaces(Place)}, of a file that a user named: requires that it can be written, too. */
    public RunPaths writes(Parameter parameter, String uri, org.apache.hadoop.conf.Configuration hadoop) {
        Place place = Place.of(parameter.name(), uri, ErrorCategory.USAGE, hadoop);
        replaces(place);
        place.requireWritableFile();
        return this;
    }

    /** As {@link #replaces(Place)}. */
    public RunPaths replaces(OutputDirectory output) {
        return replaces(output.place());
    }

    /** A directory in which new files appear; nothing in it is replaced. */
    public RunPaths addsTo(Place place) {
        return add(place, Use.ADDED);
    }

    /** A directory that this run and its next ones alone write to, over time: apart from all others. */
    public RunPaths owns(Place place) {
        return add(place, Use.OWN);
    }

    /** As {@link #owns}, of a table's directory, which its table format writes to. */
    public RunPaths ownsTable(Place place) {
        requireOutsideTables(place.parent());
        return register(place, Use.OWN);
    }

    private RunPaths add(Place place, Use use) {
        if (use != Use.READ) {
            requireOutsideTables(place);
        }
        return register(place, use);
    }

    private static void requireOutsideTables(Place place) {
        TableDirectory.around(place).ifPresent(table -> {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    Message.of(
                            place.parameter(),
                            " must not be or lie in a table's directory, whose log does not know what is written"
                                    + " there, but " + place + " is or lies in "
                                    + table.kind().words() + ", " + table.path() + "; name another"));
        });
    }

    private RunPaths register(Place place, Use use) {
        RunPath path = new RunPath(place.parameter(), use, place.path(), canonical(place), place.isFile());
        for (RunPath earlier : all) {
            clash(path, earlier).or(() -> clash(earlier, path)).ifPresent(message -> {
                throw new ElbowException(ErrorCategory.USAGE, message);
            });
        }
        all.add(path);
        return this;
    }

    private static Optional<Message> clash(RunPath written, RunPath other) {
        if (written.use == Use.OWN) {
            return notApart(written, other);
        }
        if (written.use != Use.REPLACED) {
            return Optional.empty();
        }
        return switch (other.use) {
            // Found from the other side.
            case OWN -> Optional.empty();
            case READ -> {
                if (other.isIn(written)) {
                    yield Optional.of(Message.of(
                            written.parameter,
                            " must not be or hold what ",
                            other.parameter,
                            " reads, but " + written.named + (written.isIn(other) ? " is" : " holds " + other.named)
                                    + "; name another"));
                }
                yield written.isIn(other) && written.wouldBeReadIn(other)
                        ? Optional.of(Message.of(
                                written.parameter,
                                " must not be part of what ",
                                other.parameter,
                                " reads, but " + written.named + " lies in " + other.named + "; name another"))
                        : Optional.empty();
            }
            case REPLACED -> notApart(written, other);
            case ADDED ->
                other.isIn(written)
                        ? Optional.of(Message.of(
                                other.parameter,
                                " must not lie in the place of ",
                                written.parameter,
                                ", which is made as a whole, but " + other.named + " is or lies in " + written.named
                                        + "; name another"))
                        : Optional.empty();
        };
    }

    private static Optional<Message> notApart(RunPath written, RunPath other) {
        return written.isIn(other) || other.isIn(written)
                ? Optional.of(Message.of(
                        written.parameter,
                        " must be apart from ",
                        other.parameter,
                        ", but one of " + written.named + " and " + other.named
                                + " is or holds the other; name another"))
                : Optional.empty();
    }

    private static boolean isIn(Path path, Path directory) {
        for (Path parent = path; parent != null; parent = parent.getParent()) {
            if (parent.equals(directory)) {
                return true;
            }
        }
        return false;
    }

    private static Path canonical(Place place) {
        FileSystem files = place.files();
        Path qualified = files.makeQualified(place.path());
        if (!(files instanceof RawLocalFileSystem local)) {
            return qualified;
        }
        Deque<String> rest = new ArrayDeque<>();
        File file = local.pathToFile(qualified);
        try {
            while (!file.exists() && file.getParentFile() != null) {
                rest.push(file.getName());
                file = file.getParentFile();
            }
            Path canonical = new Path(file.toPath().toRealPath().toString());
            for (String name : rest) {
                canonical = new Path(canonical, name);
            }
            return files.makeQualified(canonical);
        } catch (IOException e) {
            // One that nobody may look at is compared by its name.
            return qualified;
        }
    }
}
