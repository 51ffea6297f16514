package io.switchboard.projector.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The API has the shape that is checked in. {@code -Dapi.shape=write} writes what was added into it; what breaks clients
 * asks for another version and a note in docs/api-changes.md first.
 */
class ApiShapeTest {
    private static final Path ROOT = Path.of(System.getProperty("switchboard.root", ".."));
    private static final Path KEPT =
            ROOT.resolve("projector/src/test/resources/io/switchboard/projector/api/api-shape.txt");
    private static final Path NOTES = ROOT.resolve("docs/api-changes.md");

    @Test
    void nothingThatClientsDependOnChangesUnnoticed() throws IOException {
        var kept = Files.exists(KEPT) ? Files.readAllLines(KEPT, UTF_8) : List.<String>of();
        var now = ApiShape.of(OpenApiTree.DOCUMENT);
        var changes = ShapeChange.between(kept, now);
        var version = OpenApiTree.DOCUMENT.at("/info/version").asText();

        if (changes.stream().anyMatch(ShapeChange::breaks)) {
            assertThat(kept)
                    .as("this breaks clients: it takes another info.version\n%s", changes)
                    .doesNotContain("version = " + version);
        }
        assertThat(Files.readString(NOTES, UTF_8).lines())
                .as("docs/api-changes.md tells what version %s changed\n%s", version, changes)
                .contains("## " + version);
        if (System.getProperty("api.shape", "").equals("write")) {
            var unused = Files.write(KEPT, now, UTF_8);
            return;
        }
        assertThat(changes).as("write it with -Dapi.shape=write").isEmpty();
        assertThat(kept).as("the file is as it was written").isEqualTo(now);
    }
}
