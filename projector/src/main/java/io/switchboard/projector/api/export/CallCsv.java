package io.switchboard.projector.api.export;

import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.switchboard.projector.api.access.Masking;
import io.switchboard.projector.api.query.CsvProfile;
import io.switchboard.projector.api.view.CallCells;
import io.switchboard.projector.api.view.ReadCall;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls as RFC 4180 describes it: UTF-8, CRLF, quotes where a cell needs them. An empty cell is unknown. */
public record CallCsv(CsvProfile profile, Masking masking) implements CallFormat {
    private static final CsvFactory FACTORY = CsvFactory.builder()
            .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
            .build();

    private static final CsvSchema SCHEMA = CsvSchema.builder()
            .addColumns(CallCells.COLUMNS, CsvSchema.ColumnType.STRING)
            .setLineSeparator("\r\n")
            .build();

    @Override
    public String contentType() {
        return "text/csv; charset=utf-8; header=present";
    }

    @Override
    public String fileName() {
        return "calls.csv";
    }

    @Override
    public Buffer head() {
        return write(List.of(CallCells.COLUMNS));
    }

    @Override
    public Buffer encode(List<ReadCall> calls) {
        return write(calls.stream()
                .map(call ->
                        CallCells.of(call, masking).stream().map(profile::cell).toList())
                .toList());
    }

    private static Buffer write(List<? extends List<? extends @Nullable String>> rows) {
        var bytes = new ByteArrayOutputStream();
        try (var csv = FACTORY.createGenerator(bytes)) {
            csv.setSchema(SCHEMA);
            for (var row : rows) {
                csv.writeStartObject();
                for (int i = 0; i < row.size(); i++) {
                    csv.writeFieldName(CallCells.COLUMNS.get(i));
                    csv.writeString(row.get(i)); // null leaves the cell empty
                }
                csv.writeEndObject();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }
}
