package io.switchboard.poller.provider;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.switchboard.mightycall.TolerantJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the rows out of an answer, whatever they are wrapped in (API.md, section 4): in {@code data}, bare, in an array, or an
 * array of rows. The bytes of a row are exactly the provider's.
 *
 * <pre>
 *   {"data":{"calls":[ROW,ROW],"total":2},"isSuccess":true}      {"currentPage":1,"requests":[ROW]}      [ROW,ROW]
 *   {"data":ROW,"isSuccess":true}      ROW      [{"currentPage":1,"requests":[ROW]}]
 * </pre>
 */
final class PageSlices {
    static final int MAX_ROWS = 100_000;
    private static final int MAX_WRAPPERS = 3;

    private final byte[] body;
    private final int start;
    private final Shape shape;
    private final List<byte[]> rows = new ArrayList<>();
    private final List<byte[]> deleted = new ArrayList<>();
    private final Map<String, String> scalars = new HashMap<>();
    private boolean found;

    /**
     * The names that lead to the rows, in lower case.
     *
     * @param rows the list; {@code data} where one object is asked for
     * @param deleted the list of rows that are no more; null where there is none
     * @param mark the member by which a bare object is known to be the one that was asked for; null for lists
     */
    record Shape(
            String rows, @Nullable String deleted, @Nullable String mark) {}

    private PageSlices(byte[] body, Shape shape) {
        this.body = body;
        this.start = TolerantJson.startOfText(body);
        this.shape = shape;
    }

    /** Fails on what is not one JSON document, on more than {@link #MAX_ROWS}, and on absurd nesting. */
    static PageSlices read(byte[] body, Shape shape) throws IOException {
        var slices = new PageSlices(body, shape);
        try (var parser = TolerantJson.parser(body, slices.start)) {
            var first = parser.nextToken();
            if (first == JsonToken.START_ARRAY) {
                slices.array(parser);
            } else if (first == JsonToken.START_OBJECT) {
                var ignored = slices.envelope(parser, 1);
            }
            TolerantJson.expectEnd(parser);
        }
        return slices;
    }

    /** Whether the answer has the shape that was asked for; an empty list has it too. */
    boolean found() {
        return found;
    }

    List<byte[]> rows() {
        return rows;
    }

    List<byte[]> deleted() {
        return deleted;
    }

    /** A number beside the rows, such as {@code total}; null when absent or not a number. */
    @Nullable
    Long number(String name) {
        try {
            var text = scalars.get(name);
            var number = text == null ? -1 : Long.parseLong(text.strip());
            return number < 0 ? null : number;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Whether the provider says of its own answer that it failed. */
    boolean saysFailed() {
        return "false".equalsIgnoreCase(scalars.get("issuccess"));
    }

    /** Reads the object that has just begun; true when it led to rows or is the row itself. */
    private boolean envelope(JsonParser parser, int depth) throws IOException {
        var from = tokenStart(parser);
        var own = new HashMap<String, String>();
        var leads = false;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName().toLowerCase(Locale.ROOT);
            var value = parser.nextToken();
            if (name.equals(shape.rows) && value.isStructStart()) {
                collect(parser, rows);
                leads = true;
            } else if (name.equals(shape.deleted) && value.isStructStart()) {
                collect(parser, deleted);
            } else if (name.equals("data") && value == JsonToken.START_ARRAY) {
                collect(parser, rows);
                leads = true;
            } else if (name.equals("data") && value == JsonToken.START_OBJECT && depth < MAX_WRAPPERS) {
                leads |= envelope(parser, depth + 1);
            } else {
                note(parser, name, own);
            }
        }
        if (!leads && shape.mark != null && own.containsKey(shape.mark)) {
            add(rows, slice(parser, from));
            leads = true;
        }
        if (leads) {
            own.forEach(scalars::putIfAbsent);
            found = true;
        }
        return leads;
    }

    /** An array of rows, or one around the envelope. */
    private void array(JsonParser parser) throws IOException {
        found = shape.mark == null;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            var from = tokenStart(parser);
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                add(rows, element(parser, from));
            } else if (!envelope(parser, 1) && shape.mark == null) {
                add(rows, slice(parser, from));
            }
        }
    }

    /** The elements of the list that has just begun, or the one object that stands in its place. */
    private void collect(JsonParser parser, List<byte[]> list) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            add(list, element(parser, tokenStart(parser)));
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            add(list, element(parser, tokenStart(parser)));
        }
    }

    private void add(List<byte[]> list, byte[] row) throws IOException {
        if (rows.size() + deleted.size() == MAX_ROWS) {
            throw new StreamConstraintsException("too many rows");
        }
        list.add(row);
    }

    private static void note(JsonParser parser, String name, Map<String, String> scalars) throws IOException {
        if (parser.currentToken().isStructStart()) {
            var ignored = parser.skipChildren();
        } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
            scalars.put(name, parser.getText());
        }
    }

    /** The bytes of whatever has just begun. */
    private byte[] element(JsonParser parser, int from) throws IOException {
        if (parser.currentToken().isStructStart()) {
            var ignored = parser.skipChildren();
        } else {
            var ignored = parser.getText(); // a text is read to its end only when it is asked for
        }
        return slice(parser, from);
    }

    private int tokenStart(JsonParser parser) {
        return start + Math.toIntExact(parser.currentTokenLocation().getByteOffset());
    }

    private byte[] slice(JsonParser parser, int from) {
        return Arrays.copyOfRange(
                body, from, start + Math.toIntExact(parser.currentLocation().getByteOffset()));
    }
}
