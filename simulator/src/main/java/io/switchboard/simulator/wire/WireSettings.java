package io.switchboard.simulator.wire;

import io.switchboard.simulator.switches.Position;

/**
 * The switches of the wire format.
 *
 * @param fractionDigits digits after the second, 0 to 7; cut, not rounded
 */
public record WireSettings(
        Names names,
        EndExtension endExtension,
        ExtensionForm extensionForm,
        CallId callId,
        Guid guid,
        Layout layout,
        int fractionDigits,
        Offset offset,
        TrailingComma trailingComma) {

    /** What a standard account sends: the documented envelope in one line. */
    public static final WireSettings STANDARD = of(Names.STANDARD);

    public WireSettings {
        if (fractionDigits < 0 || fractionDigits > 7) {
            throw new IllegalArgumentException("fractionDigits: 0 to 7, found " + fractionDigits);
        }
    }

    /** What accounts with such names usually send. */
    public static WireSettings of(Names names) {
        var callId = names == Names.CCAPI ? CallId.BOTH : CallId.BODY;
        return new WireSettings(
                names,
                EndExtension.NULL,
                ExtensionForm.STRING,
                callId,
                Guid.UNIQUE,
                Layout.COMPACT,
                7,
                Offset.Z,
                TrailingComma.NO);
    }

    /** Which event names. */
    public enum Names implements Position {
        STANDARD,
        CCAPI
    }

    /** {@code Body.Extension} of the event that ends a whole incoming or callback call. */
    public enum EndExtension implements Position {
        NULL,
        ABSENT,
        /** Filled with who talked last, so that it looks like the end of a leg. */
        NUMBER
    }

    /** How an extension is written. */
    public enum ExtensionForm implements Position {
        STRING,
        NUMBER
    }

    /** Where the call id stands. */
    public enum CallId implements Position {
        /** Only in {@code Body.Id}. */
        BODY,
        /** At the top level as {@code CallId} too. */
        BOTH
    }

    /** What {@code Guid} holds. */
    public enum Guid implements Position {
        UNIQUE,
        ZERO,
        /** One for all events of a call. */
        REPEATED
    }

    /** White space. */
    public enum Layout implements Position {
        COMPACT,
        PRETTY,
        /** Pretty-printed with CR LF. */
        CRLF
    }

    /** How UTC is written. */
    public enum Offset implements Position {
        Z("z", "Z"),
        NUMERIC("+00:00", "+00:00");

        private final String word;
        private final String text;

        Offset(String word, String text) {
            this.word = word;
            this.text = text;
        }

        @Override
        public String word() {
            return word;
        }

        String text() {
            return text;
        }
    }

    /** A comma after the last member, as in the documentation's samples: not strict JSON. */
    public enum TrailingComma implements Position {
        NO,
        YES
    }
}
