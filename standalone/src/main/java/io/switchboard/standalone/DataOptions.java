package io.switchboard.standalone;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** For the commands that keep everything on this machine. */
final class DataOptions {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "./data",
            description = "where everything is kept (default: ${DEFAULT-VALUE})")
    Path folder = Path.of("data");

    @Option(names = "--fresh", description = "delete what earlier runs kept there, then start")
    boolean fresh;
}
