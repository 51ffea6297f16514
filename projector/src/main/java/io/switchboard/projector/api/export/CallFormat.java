package io.switchboard.projector.api.export;

import io.switchboard.projector.api.view.ReadCall;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** How calls stand in a file. */
public interface CallFormat {
    String contentType();

    String fileName();

    /** What stands before the first call; may be empty. */
    Buffer head();

    Buffer encode(List<ReadCall> calls);
}
