package io.switchboard.projector;

import io.switchboard.projector.api.OpenRecording;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.streams.WriteStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A recording on its way from a poller. Owned by the event loop of the request it answers. */
final class StreamedRecording implements OpenRecording.Playable {
    private static final List<String> PASSED =
            List.of("Content-Type", "Content-Length", "Content-Range", "Accept-Ranges");
    private static final int LONGEST_NAME = 64;

    private final HttpClientResponse response;
    private final String callId;
    private boolean over;

    /** @param response paused, so that nothing of it is lost */
    StreamedRecording(HttpClientResponse response, String callId) {
        this.response = response;
        this.callId = callId;
    }

    @Override
    public int status() {
        return response.statusCode();
    }

    @Override
    public Map<String, String> headers() {
        var headers = new LinkedHashMap<String, String>();
        for (var name : PASSED) {
            var value = response.getHeader(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        headers.put("Content-Disposition", "inline; filename=\"" + fileName() + "\"");
        return headers;
    }

    @Override
    public Future<Void> pipeTo(WriteStream<Buffer> client) {
        return response.pipe()
                .endOnSuccess(false)
                .endOnFailure(false)
                .to(client)
                .onSuccess(done -> over = true);
    }

    @Override
    public void close() {
        if (!over) {
            over = true;
            response.exceptionHandler(expected -> {}); // that it ends here is nobody's error
            var unused = response.request().reset();
        }
    }

    private String fileName() {
        var safe = callId.replaceAll("[^A-Za-z0-9_-]", "_");
        return "call-" + safe.substring(0, Math.min(safe.length(), LONGEST_NAME)) + "." + extension();
    }

    private String extension() {
        var type = String.valueOf(response.getHeader("Content-Type"))
                .toLowerCase(Locale.ROOT)
                .split(";", 2)[0]
                .strip();
        return switch (type) {
            case "audio/mpeg", "audio/mp3" -> "mp3";
            case "audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave" -> "wav";
            case "audio/ogg" -> "ogg";
            default -> "audio";
        };
    }
}
