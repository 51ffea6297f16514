package io.switchboard.poller;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** Every line that this JVM logs from now on, with the traces of its exceptions. */
final class LogCapture extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    static LogCapture begin() {
        var capture = new LogCapture();
        capture.setContext(capture.root.getLoggerContext());
        capture.start();
        capture.root.addAppender(capture);
        return capture;
    }

    @Override
    protected void append(ILoggingEvent event) {
        var trace = event.getThrowableProxy();
        var added = lines.add(event.getLevel() + " " + event.getFormattedMessage()
                + (trace == null ? "" : "\n" + ThrowableProxyUtil.asString(trace)));
        assert added;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        var detached = root.detachAppender(this);
        assert detached;
        stop();
    }
}
