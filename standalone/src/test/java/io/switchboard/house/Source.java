package io.switchboard.house;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/** One Java file, read by the compiler's own parser. */
record Source(Path file, List<String> lines, CompilationUnitTree tree, SourcePositions positions) {

    /** Parses all of them in one go; types are not resolved. */
    static List<Source> parse(List<Path> files) {
        var compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "the tests need a JDK, not a JRE");
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var units = manager.getJavaFileObjectsFromPaths(files);
            var task = (JavacTask) compiler.getTask(null, manager, null, List.of("-proc:none"), null, units);
            var positions = Trees.instance(task).getSourcePositions();
            var sources = new ArrayList<Source>();
            for (var tree : task.parse()) {
                var file = Path.of(tree.getSourceFile().toUri());
                sources.add(new Source(file, Repository.text(file).lines().toList(), tree, positions));
            }
            return List.copyOf(sources);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return Repository.name(file);
    }

    String fileName() {
        return file.getFileName().toString();
    }

    boolean isMain() {
        return Repository.isMain(file);
    }

    String packageName() {
        return Objects.toString(tree.getPackageName(), "");
    }

    /** {@code path:line}, which terminals and editors turn into a link. */
    String at(Tree node) {
        return at(lineMap().getLineNumber(positions.getStartPosition(tree, node)));
    }

    String at(long line) {
        return name() + ":" + line;
    }

    long linesOf(Tree node) {
        var first = lineMap().getLineNumber(positions.getStartPosition(tree, node));
        var last = lineMap().getLineNumber(positions.getEndPosition(tree, node));
        return last - first + 1;
    }

    /** Where a pattern is found in a line: {@code path:line text}. */
    List<String> grep(Pattern pattern) {
        var found = new ArrayList<String>();
        for (var i = 0; i < lines.size(); i++) {
            if (pattern.matcher(lines.get(i)).find()) {
                found.add(at(i + 1L) + " " + lines.get(i).strip());
            }
        }
        return found;
    }

    private LineMap lineMap() {
        return tree.getLineMap();
    }
}
