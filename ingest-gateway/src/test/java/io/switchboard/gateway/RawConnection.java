package io.switchboard.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A connection that sends exactly the bytes it is told, and reads answers one by one. */
final class RawConnection implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    /**
     * One answer.
     *
     * @param headers by lower-case name
     */
    record Answer(int status, Map<String, String> headers, String body) {}

    RawConnection(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(8_000);
        in = new BufferedInputStream(socket.getInputStream());
    }

    @CanIgnoreReturnValue
    RawConnection send(String text) throws IOException {
        return send(text.getBytes(ISO_8859_1));
    }

    @CanIgnoreReturnValue
    RawConnection send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** The head of a POST to a valid URL, with a blank line at its end. */
    static String post(String... headers) {
        return head("POST /webhooks/mightycall/" + GatewayFixtures.TOKEN + " HTTP/1.1", headers);
    }

    static String head(String requestLine, String... headers) {
        return requestLine + "\r\nHost: x\r\n"
                + String.join(
                        "",
                        java.util.Arrays.stream(headers)
                                .map(header -> header + "\r\n")
                                .toList()) + "\r\n";
    }

    /** The next answer with its body. */
    Answer answer() throws IOException {
        var answer = answerHead();
        var length = answer.headers().get("content-length");
        var body = length == null ? "" : new String(in.readNBytes(Integer.parseInt(length)), ISO_8859_1);
        return new Answer(answer.status(), answer.headers(), body);
    }

    /** The next answer, one that has no body (to HEAD, or 100). */
    Answer answerHead() throws IOException {
        var status = Integer.parseInt(line().split(" ")[1]);
        var headers = new TreeMap<String, String>();
        for (var header = line(); !header.isEmpty(); header = line()) {
            var colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        return new Answer(status, headers, "");
    }

    /** Whether the server closes, after whatever it sends until then. */
    boolean isClosedByServer() {
        try {
            while (in.read() >= 0) {
                // thrown away
            }
            return true;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true; // reset
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (var read = in.read(); read != '\n'; read = in.read()) {
            if (read < 0) {
                throw new IOException("closed after: " + line);
            }
            if (read != '\r') {
                line.append((char) read);
            }
        }
        return line.toString();
    }
}
