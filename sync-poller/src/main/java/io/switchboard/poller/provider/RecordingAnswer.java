package io.switchboard.poller.provider;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What came of opening a recording. */
public sealed interface RecordingAnswer {

    /**
     * The audio, or a part of it. The body is paused: pipe it, or {@link #cancel} it, or its connection stays taken.
     *
     * @param status 200 or 206
     * @param body fails when the provider stops sending
     * @param cancel gives the rest up; harmless when nothing is left
     */
    record Audio(int status, Headers headers, ReadStream<Buffer> body, Runnable cancel) implements RecordingAnswer {}

    /** 416: the range lies outside; {@code contentRange} tells the size. */
    record RangeNotSatisfiable(@Nullable String contentRange) implements RecordingAnswer {}

    /** @param detail for an operator: no secret, no personal data */
    record Refused(Reason reason, String detail) implements RecordingAnswer {}

    /** The headers that a proxy passes on. */
    record Headers(
            String contentType,
            @Nullable Long contentLength,
            @Nullable String contentRange,
            @Nullable String acceptRanges) {}

    /** Why there is no audio. */
    enum Reason {
        /** Not an http or https link, even when repaired. */
        UNUSABLE_LINK,
        /** The link, or a redirect, points where nothing is fetched from; no connection was made to it. */
        HOST_NOT_ALLOWED,
        /** HTML or the like: the link has expired, or wants a login. Ask for the call again. */
        NOT_AUDIO,
        /** 404, 410, or the 400 that stands for them. */
        NOT_FOUND,
        /** 401 or 403. */
        ACCESS_DENIED,
        /** 5xx, and whatever else the provider has no reason to answer. */
        PROVIDER_ERROR,
        TIMED_OUT,
        /** No connection. */
        UNREACHABLE;

        /** The word in metrics and answers: {@code not-audio}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
