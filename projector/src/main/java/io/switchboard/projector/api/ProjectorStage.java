package io.switchboard.projector.api;

import io.switchboard.projector.ProjectorStatus;
import io.switchboard.projector.api.view.PipelineView.Stage;
import java.util.List;
import java.util.function.Supplier;

/** The projector as a stage of the pipeline. */
public final class ProjectorStage implements PipelineSource {
    private static final String NAME = "projector";

    private final Supplier<ProjectorStatus> status;

    public ProjectorStage(Supplier<ProjectorStatus> status) {
        this.status = status;
    }

    @Override
    public List<Stage> stages() {
        var now = status.get();
        return List.of(new Stage(
                NAME,
                state(now),
                now.waitingFor(),
                now.appliedPerSecond(),
                now.measuredAt() == null ? null : now.lagRecords(),
                now.oldestUnapplied(),
                now.lastAppliedAt()));
    }

    private static String state(ProjectorStatus now) {
        if (now.waitingFor() != null) {
            return "waiting";
        }
        return now.stalled() ? "stalled" : "running";
    }
}
