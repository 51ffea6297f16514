package io.switchboard.projector.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which changes of the API's shape break clients. */
class ShapeChangeTest {
    private static final List<String> LINES =
            List.of("GET /a = operation", "GET /a 200 = status", "POST /b = operation");

    @ParameterizedTest(name = "{0} → {1}: breaks {2}")
    @CsvSource(
            delimiter = '~',
            value = {
                // parameters and bodies: what clients send
                "                                  ~ GET /a ?p = string                   ~ false",
                "                                  ~ GET /a ?p = required string          ~ true",
                "                                  ~ POST /b body application/json.m = string          ~ false",
                "                                  ~ POST /b body application/json.m = required string ~ true",
                "GET /a ?p = string                ~                                      ~ true",
                "GET /a ?p = string                ~ GET /a ?p = required string          ~ true",
                "GET /a ?p = required string       ~ GET /a ?p = string                   ~ false",
                "GET /a ?p = string                ~ GET /a ?p = integer                  ~ true",
                "GET /a ?p = integer               ~ GET /a ?p = integer|string           ~ false",
                "GET /a ?p = string in x,y         ~ GET /a ?p = string in x              ~ true",
                "GET /a ?p = string in x,y         ~ GET /a ?p = string in x,y,z          ~ false",
                "GET /a ?p = string                ~ GET /a ?p = string in x,y            ~ true",
                "GET /a ?p = string in x,y         ~ GET /a ?p = string                   ~ false",
                "GET /a ?p = string:date           ~ GET /a ?p = string:date-time         ~ true",
                "GET /a ^X-Y = string              ~                                      ~ true",
                // answers: what clients read
                "                                  ~ GET /a 200 application/json.m = string            ~ false",
                "GET /a 200 application/json.m = string ~                                 ~ true",
                "GET /a 200 application/json.m = required string ~ GET /a 200 application/json.m = string ~ true",
                "GET /a 200 application/json.m = string ~ GET /a 200 application/json.m = required string ~ false",
                "GET /a 200 application/json.m = string ~ GET /a 200 application/json.m = null|string ~ true",
                "GET /a 200 application/json.m = null|string ~ GET /a 200 application/json.m = string ~ false",
                "GET /a 200 application/json.m = string ~ GET /a 200 application/json.m = number  ~ true",
                "GET /a 200 application/json.m = string in x,y ~ GET /a 200 application/json.m = string in x ~ true",
                "GET /a 200 application/json.m = string in x   ~ GET /a 200 application/json.m = string in x,y ~ false",
                "GET /a 404 = status               ~                                      ~ true",
                "                                  ~ GET /a 404 = status                  ~ false",
                // whole operations
                "                                  ~ PUT /c = operation                   ~ false",
                "PUT /c = operation                ~                                      ~ true",
            })
    void aChangeBreaksClientsOrOnlyAdds(@Nullable String before, @Nullable String after, boolean breaks) {
        var changes = ShapeChange.between(with(before), with(after));

        assertThat(changes)
                .hasSize(1)
                .allSatisfy(change ->
                        assertThat(change.breaks()).as(change.toString()).isEqualTo(breaks));
    }

    @Test
    void aNewOperationMayRequireWhatItLikes() {
        var fresh = Stream.concat(
                        LINES.stream(),
                        Stream.of("PUT /c = operation", "PUT /c ?p = required string", "PUT /c 200 = status"))
                .toList();

        assertThat(ShapeChange.between(LINES, fresh)).hasSize(3).noneMatch(ShapeChange::breaks);
    }

    @Test
    void aSchemaMayChangeItsNameButNotItsMembers() {
        var before = List.of("GET /a = operation", "GET /a 200 json = #A", "#A = object", "#A.m = required string");
        var renamed = List.of("GET /a = operation", "GET /a 200 json = #B", "#B = object", "#B.m = required string");
        var emptied = List.of("GET /a = operation", "GET /a 200 json = #B", "#B = object");

        assertThat(ShapeChange.between(before, renamed)).isEmpty();
        assertThat(ShapeChange.between(before, emptied)).singleElement().satisfies(change -> {
            assertThat(change.place()).isEqualTo("GET /a 200 json.m");
            assertThat(change.breaks()).isTrue();
        });
    }

    private static List<String> with(@Nullable String line) {
        return line == null
                ? LINES
                : Stream.concat(LINES.stream(), Stream.of(line)).toList();
    }
}
