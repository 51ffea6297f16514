package io.switchboard.standalone;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Moves all ports at once, so that a second Switchboard fits on the machine. */
final class PortOptions {

    private static final int HIGHEST_OFFSET = 40_000;

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            defaultValue = "0",
            converter = Offset.class,
            description = "add N to every port (default: ${DEFAULT-VALUE})")
    int offset;

    static final class Offset implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            if (text.matches("\\d{1,5}") && Integer.parseInt(text) <= HIGHEST_OFFSET) {
                return Integer.valueOf(text);
            }
            throw new TypeConversionException(
                    "takes a whole number from 0 to " + HIGHEST_OFFSET + ", not \"" + text + "\"");
        }
    }
}
