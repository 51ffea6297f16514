package io.switchboard.projector.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Requests byte by byte as they are given, over a connection each: the clients of a test library refuse to send what a
 * broken client sends. An answer without an end is cut.
 */
record RawHttp(int port) {
    private static final int PATIENCE_MILLIS = 5_000;
    private static final int MOST_BYTES = 1 << 22;
    private static final String END_OF_HEAD = "\r\n\r\n";

    /**
     * What came back.
     *
     * @param headers names in lower case
     * @param body as far as it was read, without the framing of chunks
     */
    record Reply(int status, Map<String, String> headers, byte[] body) {
        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }

        String mediaType() {
            return header("Content-Type").split(";")[0].strip();
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** A request; headers are lines without their ends. */
    record Request(String method, String target, String headers, byte[] body) {
        Request(String method, String target) {
            this(method, target, "", new byte[0]);
        }

        Request with(String header) {
            return new Request(method, target, headers + header + "\r\n", body);
        }

        Request json(String text) {
            return new Request(method, target, headers, text.getBytes(StandardCharsets.UTF_8))
                    .with("Content-Type: application/json");
        }

        private byte[] head() {
            var length = body.length > 0 || method.startsWith("P") ? "Content-Length: " + body.length + "\r\n" : "";
            return (method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + length
                            + "\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1);
        }

        @Override
        public String toString() {
            var shown = method + " " + target + " " + headers.replace("\r\n", "; ")
                    + new String(body, StandardCharsets.UTF_8);
            return shown.length() > 400 ? shown.substring(0, 400) + "… (" + shown.length() + ")" : shown;
        }
    }

    Reply send(Request request) {
        return send(request, MOST_BYTES);
    }

    /** Reads no more than so many bytes of the answer, then closes. */
    Reply send(Request request, int mostBytes) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request.head());
            socket.getOutputStream().write(request.body());
            return parse(read(socket.getInputStream(), mostBytes));
        } catch (IOException e) {
            throw new UncheckedIOException(request.toString(), e);
        }
    }

    private static byte[] read(InputStream stream, int mostBytes) throws IOException {
        var all = new ByteArrayOutputStream();
        var buffer = new byte[8_192];
        try {
            for (int read; all.size() < mostBytes && (read = stream.read(buffer)) >= 0; ) {
                all.write(buffer, 0, read);
                if (all.size() < buffer.length && isStreamThatBegan(all.toString(StandardCharsets.ISO_8859_1))) {
                    break;
                }
            }
        } catch (SocketTimeoutException e) {
            return all.toByteArray(); // an answer without an end
        }
        return all.toByteArray();
    }

    /** A stream of events has no end: its first line is enough. */
    private static boolean isStreamThatBegan(String text) {
        var end = text.indexOf(END_OF_HEAD);
        return end >= 0
                && text.substring(0, end).toLowerCase(Locale.ROOT).contains("\r\ncontent-type: text/event-stream")
                && text.indexOf('\n', end + END_OF_HEAD.length() + 6) >= 0;
    }

    private static Reply parse(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        var end = text.indexOf(END_OF_HEAD);
        if (end < 0) {
            return new Reply(0, Map.of(), bytes);
        }
        var lines = text.substring(0, end).split("\r\n");
        var headers = new TreeMap<String, String>();
        Arrays.stream(lines).skip(1).forEach(line -> {
            var colon = line.indexOf(':');
            var unused = headers.merge(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip(),
                    (one, other) -> one + ", " + other);
        });
        var body = Arrays.copyOfRange(bytes, end + END_OF_HEAD.length(), bytes.length);
        var chunked = headers.getOrDefault("transfer-encoding", "").equals("chunked");
        return new Reply(Integer.parseInt(lines[0].split(" ")[1]), headers, chunked ? joined(body) : body);
    }

    private static byte[] joined(byte[] chunks) {
        var whole = new ByteArrayOutputStream();
        var text = new String(chunks, StandardCharsets.ISO_8859_1);
        for (int at = 0; at < chunks.length; ) {
            var line = text.indexOf("\r\n", at);
            if (line < 0) {
                break;
            }
            var size = Integer.parseInt(text.substring(at, line), 16);
            var from = line + 2;
            whole.write(chunks, from, Math.min(size, chunks.length - from));
            at = from + size + 2;
        }
        return whole.toByteArray();
    }
}
