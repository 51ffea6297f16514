package io.switchboard.projector.api.export;

import io.switchboard.projector.api.access.Masking;
import io.switchboard.projector.api.view.CallView;
import io.switchboard.projector.api.view.ReadCall;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import java.util.List;

/** One call a line, in the JSON of the API. */
public record CallNdjson(Masking masking) implements CallFormat {

    @Override
    public String contentType() {
        return "application/x-ndjson; charset=utf-8";
    }

    @Override
    public String fileName() {
        return "calls.ndjson";
    }

    @Override
    public Buffer head() {
        return Buffer.buffer();
    }

    @Override
    public Buffer encode(List<ReadCall> calls) {
        var lines = Buffer.buffer();
        calls.forEach(call -> lines.appendBuffer(Json.encodeToBuffer(CallView.of(call, masking)))
                .appendByte((byte) '\n'));
        return lines;
    }
}
