package io.switchboard.projector.api;

import io.switchboard.projector.api.view.PipelineView.Stage;
import java.util.List;

/** Tells how the stages of the pipeline do. Takes the state of memory only: asked on an event loop, it never blocks. */
@FunctionalInterface
public interface PipelineSource {
    /** The stages, in the order in which an event passes them. */
    List<Stage> stages();
}
