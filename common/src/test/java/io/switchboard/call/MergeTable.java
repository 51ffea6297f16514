package io.switchboard.call;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The table of {@code docs/merge.md}. */
final class MergeTable {
    private static final int CELLS = 4;

    private MergeTable() {}

    /**
     * A row of the table.
     *
     * @param disagreement a dash where there is none
     */
    record Row(String field, String wins, String why, String disagreement) {
        boolean mayDisagree() {
            return !disagreement.equals("–");
        }

        /** The field whose disagreements the row describes: that of the member it is a part of. */
        String disputed() {
            return field.replaceAll("\\..*", "");
        }

        @Override
        public String toString() {
            return field + " (" + wins + ")";
        }
    }

    static List<Row> rows() {
        return lines().filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|", -1))
                .filter(cells -> cells.length == CELLS + 2)
                .map(cells -> new Row(code(cells[1]), code(cells[2]), cells[3].strip(), cells[4].strip()))
                .toList();
    }

    private static String code(String cell) {
        return cell.strip().replace("`", "");
    }

    private static Stream<String> lines() {
        for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            var page = folder.resolve("docs/merge.md");
            if (Files.exists(page)) {
                try {
                    return Files.readAllLines(page).stream();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        throw new IllegalStateException("docs/merge.md is not in a folder above");
    }
}
