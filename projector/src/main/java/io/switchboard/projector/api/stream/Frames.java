package io.switchboard.projector.api.stream;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Events as bytes, with their positions; the same bytes go to many clients. Immutable once done. */
final class Frames {
    static final Frames NONE = new Draft().done();

    private final List<Frame> frames;
    private final byte[] joined;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Frame(long position, byte[] bytes) {}

    private Frames(List<Frame> frames) {
        this.frames = frames;
        this.joined = join(frames, Long.MIN_VALUE);
    }

    /** Those after a position, as one text; empty when there are none. */
    byte[] after(long position) {
        return frames.isEmpty() || frames.getFirst().position() > position ? joined : join(frames, position);
    }

    private static byte[] join(List<Frame> frames, long after) {
        var bytes = new ByteArrayOutputStream();
        frames.stream().filter(frame -> frame.position() > after).forEach(frame -> bytes.writeBytes(frame.bytes()));
        return bytes.toByteArray();
    }

    /** Frames being gathered, in the order of their positions. */
    static final class Draft {
        private final List<Frame> frames = new ArrayList<>();

        void add(long position, byte[] bytes) {
            if (bytes.length > 0) {
                frames.add(new Frame(position, bytes));
            }
        }

        Frames done() {
            return new Frames(List.copyOf(frames));
        }
    }
}
