package io.switchboard.simulator.wire;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.switchboard.simulator.wire.WireSettings.Layout;

/**
 * A JSON text under construction whose white space is known to the byte, and which can be made slightly wrong on purpose:
 * that is why no JSON library writes it.
 */
final class JsonText {
    private final StringBuilder text = new StringBuilder();
    private final String lineEnd;
    private final String indent;
    private final String colon;
    private int depth;
    private boolean first = true;

    JsonText(Layout layout) {
        lineEnd = switch (layout) {
            case COMPACT -> "";
            case PRETTY -> "\n";
            case CRLF -> "\r\n";
        };
        indent = layout == Layout.COMPACT ? "" : "  ";
        colon = layout == Layout.COMPACT ? ":" : ": ";
    }

    @CanIgnoreReturnValue
    JsonText open() {
        text.append('{');
        depth++;
        first = true;
        return this;
    }

    @CanIgnoreReturnValue
    JsonText close() {
        depth--;
        newLine();
        text.append('}');
        first = false;
        return this;
    }

    @CanIgnoreReturnValue
    JsonText name(String name) {
        if (!first) {
            comma();
        }
        newLine();
        text.append('"').append(name).append('"').append(colon);
        first = false;
        return this;
    }

    @CanIgnoreReturnValue
    JsonText value(String json) {
        text.append(json);
        return this;
    }

    @CanIgnoreReturnValue
    JsonText comma() {
        text.append(',');
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private void newLine() {
        text.append(lineEnd).append(indent.repeat(depth));
    }
}
