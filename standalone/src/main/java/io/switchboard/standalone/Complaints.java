package io.switchboard.standalone;

import io.switchboard.runtime.InvalidSettings;
import io.switchboard.runtime.StartFailure;
import java.util.Locale;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a person reads when a command cannot run: a line per problem on standard error, and the exit code. */
final class Complaints {

    private static final int CANNOT_START = 1;
    private static final int WRONG_USE = 2;

    private Complaints() {}

    static int aboutOptions(ParameterException wrong, String[] arguments) {
        var command = wrong.getCommandLine().getCommandSpec().qualifiedName();
        say(wrong.getCommandLine(), problem(wrong) + "; `" + command + " --help` lists what it takes");
        return WRONG_USE;
    }

    static int about(Exception failure, CommandLine command, RunningParts running) throws Exception {
        if (running.isClosed()) {
            // A signal is already stopping everything; what fails meanwhile is its consequence.
            return SwitchboardMain.untilStopped();
        }
        running.close();
        return switch (failure) {
            case StartFailure prevented -> {
                say(command, firstLine(prevented));
                yield CANNOT_START;
            }
            case InvalidSettings wrong -> {
                wrong.problems().forEach(line -> say(command, line));
                yield WRONG_USE;
            }
            default -> throw failure;
        };
    }

    private static String problem(ParameterException wrong) {
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            var first = unmatched.getUnmatched().getFirst();
            return (first.startsWith("-") ? "unknown option " : "unknown command ") + first;
        }
        var text = firstLine(wrong);
        if (text.equals("Missing required subcommand")) {
            return "no command given, it takes one of "
                    + String.join(", ", wrong.getCommandLine().getSubcommands().keySet());
        }
        return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }

    private static String firstLine(Exception failure) {
        return Objects.requireNonNullElse(failure.getMessage(), failure.toString())
                .lines()
                .findFirst()
                .orElse("");
    }

    private static void say(CommandLine command, String line) {
        command.getErr().println("switchboard: " + line);
    }
}
