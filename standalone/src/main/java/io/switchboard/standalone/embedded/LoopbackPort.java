package io.switchboard.standalone.embedded;

import io.switchboard.runtime.StartFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of the loopback interface: is this one free, and give me a free one. */
public final class LoopbackPort {

    // Below the range from which Linux and macOS take the source ports of outgoing connections: a server that comes
    // back on its port after an outage finds it still free, and no client connects to itself meanwhile.
    private static final int FIRST = 20_000;
    private static final int END = 32_000;
    private static final int ATTEMPTS = 200;

    private LoopbackPort() {}

    /** The wanted port, or any free one when it is 0; refuses a taken port in words that name its variable. */
    public static int claim(int wanted, String server, String variable) {
        if (wanted == 0) {
            return free();
        }
        if (!isFree(wanted)) {
            throw new StartFailure("port " + wanted + ", wanted by " + server
                    + ", is already in use: stop the program that listens there, or set " + variable
                    + " to a free port");
        }
        return wanted;
    }

    public static int free() {
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            var port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (isFree(port)) {
                return port;
            }
        }
        throw new StartFailure("no free port found between " + FIRST + " and " + END);
    }

    public static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            // As the servers do: connections of an earlier run that linger in TIME_WAIT do not make a port taken.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
