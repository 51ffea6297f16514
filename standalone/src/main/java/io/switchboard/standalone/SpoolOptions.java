package io.switchboard.standalone;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** For the gateway alone: no `--fresh`, because the spool may hold webhooks that no broker has. */
final class SpoolOptions {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "./data",
            description = "keeps the spool, unless SPOOL_DIR is set (default: ${DEFAULT-VALUE})")
    Path data = Path.of("data");
}
