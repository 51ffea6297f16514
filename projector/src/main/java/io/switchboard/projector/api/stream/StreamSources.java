package io.switchboard.projector.api.stream;

import io.switchboard.projector.api.table.AgentQueries;
import io.switchboard.projector.api.table.CallQueries;
import io.switchboard.projector.api.view.PipelineView.Stage;
import io.vertx.sqlclient.Pool;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where the stream's contents come from.
 *
 * @param reads connections that only read
 * @param writes connections that give positions
 * @param stages the stages of this installation, as this instance sees them
 */
public record StreamSources(
        Pool reads,
        Pool writes,
        CallQueries calls,
        AgentQueries agents,
        Supplier<List<Stage>> stages,
        InstantSource clock) {}
