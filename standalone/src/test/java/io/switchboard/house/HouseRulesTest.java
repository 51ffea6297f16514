package io.switchboard.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePathScanner;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every source file keeps to. Only tails separate beautiful from ugly, so tails are what is measured. */
class HouseRulesTest {
    private static final int MOST_LINES_PER_FILE = 400;
    private static final int MOST_LINES_PER_METHOD = 60;
    private static final int MOST_PARAMETERS = 5;

    private static final Pattern BAD_TYPE_NAME =
            Pattern.compile(".*(Impl|Manager|Helper|Util|Utils|Service|Base)|Abstract[A-Z].*|I[A-Z][a-z].*");

    /** A statement behind a comment mark: no sentence ends like this. */
    private static final Pattern COMMENTED_OUT = Pattern.compile("^\\s*//.*([)\\w]\\s*;|[{}])\\s*$");

    /** Files over the limit: name → why. */
    private static final Map<String, String> LONG_FILES =
            Map.of("CallFoldTest.java", "one test per rule of the fold, over fixtures of its own");

    /** Methods over the limit: name → why. */
    private static final Map<String, String> LONG_METHODS = Map.of(
            "QueryApiIT.everyFilterFindsItsCallsAndNoOthers", "a line per filter and value",
            "SimulatorSettingsTest.everyVariableIsRead", "a line per variable, and there are thirty");

    /** Methods and constructors with more than five parameters: name → why. */
    private static final Map<String, String> LONG_PARAMETER_LISTS = Map.of(
            "EventId.ofWebhook", "the parts of a webhook's identity, in the order in which they are hashed",
            "LagLoop", "wiring: each of them is asked or told at every step",
            "ProjectionLoop", "wiring: the loop's surroundings, each replaced by a fake in its test");

    /** Imports of everything: file → why. */
    private static final Map<String, String> WILDCARD_IMPORTS = Map.of(
            "CallScript.java", "the whole closed table of event names",
            "ContactCentre.java", "the whole closed table of event names");

    /** Files that write to the console though they are no program: file → why. */
    private static final Map<String, String> CONSOLE_WRITERS =
            Map.of("EmbeddedKafka.java", "its last words before it ends the process, when no logger can be relied on");

    /** Tests that let time pass instead of waiting for a condition: file → why. */
    private static final Map<String, String> SLEEPERS = Map.of(
            "CatchUpBenchMain.java", "asks again where the tables stand",
            "CrashIT.java", "the load runs on for a while: there is nothing to wait for",
            "LatencyBenchMain.java", "asks again until a row is there, and paces its samples",
            "ProcessUnderTest.java", "asks again whether a process has ended or said what it should",
            "ReplayIT.java", "paces the events that come beside",
            "WebhookLoad.java", "a sender's pause before it tries again");

    /** Places that catch everything and go on: name → which boundary it is. */
    private static final Map<String, String> CATCH_ALL = Map.ofEntries(
            Map.entry("Lead.run", "the boundary of an account's loop: it is taken over again"),
            Map.entry("LagLoop.askPostgres", "whatever it was, PostgreSQL did not answer"),
            Map.entry("Poller.start", "the boundary of the start: it becomes a failed future"),
            Map.entry("PostgresProjectionStore.apply", "the boundary of the database: classified once"),
            Map.entry("PostgresProjectionStore.positions", "the boundary of the database: classified once"),
            Map.entry("PostgresProjectionStore.rewind", "the boundary of the database: classified once"),
            Map.entry("LogRepairDesk.ask", "the boundary of a question: it becomes a failed future"),
            Map.entry("Projector.start", "the boundary of the start: it becomes a failed future"),
            Map.entry("Rehearsal.rehearse", "the boundary of the database: classified once"),
            Map.entry("RepairLoop.failed", "what cannot be written now is written by whoever takes over"),
            Map.entry("RepairLoop.work", "the boundary of a repair: it ends as failed"),
            Map.entry("RunningParts.stop", "a part that does not stop keeps no other from stopping"),
            Map.entry("SpoolDrainLoop.step", "the boundary of the drain loop"),
            Map.entry("StepLoop.turn", "the boundary of every loop on a virtual thread"),
            Map.entry("StopSignal.stop", "the boundary of the stop: exit code 1"),
            Map.entry("WebhookHandler.acceptSafely", "the boundary of a request: 503"));

    /** Log lines and exceptions that name such a value all the same: method → why that is harmless. */
    private static final Map<String, String> DISCLOSURES = Map.of();

    private static final List<Source> SOURCES = Source.parse(Repository.files(".java"));

    @Test
    void theSourcesAreFound() {
        assertThat(SOURCES.stream().filter(Source::isMain)).hasSizeGreaterThan(40);
        assertThat(SOURCES.stream().filter(source -> !source.isMain())).isNotEmpty();
    }

    @Test
    void filesAreShort() {
        var found = new TreeMap<String, String>();
        for (var source : SOURCES) {
            if (source.lines().size() > MOST_LINES_PER_FILE) {
                found.put(source.fileName(), source.at(source.lines().size()));
            }
        }

        Exceptions.hold(found, LONG_FILES);
    }

    @Test
    void methodsAreShort() {
        var found = new TreeMap<String, String>();
        everyMethod((source, owner, method) -> {
            if (source.linesOf(method) > MOST_LINES_PER_METHOD) {
                found.put(nameOf(owner, method), source.at(method));
            }
        });

        Exceptions.hold(found, LONG_METHODS);
    }

    @Test
    void parameterListsAreShort() {
        var found = new TreeMap<String, String>();
        everyType((source, type) -> type.getMembers().stream()
                .filter(MethodTree.class::isInstance)
                .map(MethodTree.class::cast)
                .filter(method -> source.isMain() && method.getParameters().size() > MOST_PARAMETERS)
                .filter(method -> !isMadeOfItsParts(type, method))
                .forEach(method -> found.put(nameOf(type.getSimpleName().toString(), method), source.at(method))));

        Exceptions.hold(found, LONG_PARAMETER_LISTS);
    }

    @Test
    void namesSayWhatAThingIs() {
        var found = new ArrayList<String>();
        everyType((source, type) -> {
            if (BAD_TYPE_NAME.matcher(type.getSimpleName()).matches()) {
                found.add(source.at(type) + " " + type.getSimpleName());
            }
        });

        assertThat(found).isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIsForAndIsNullMarked() {
        var marked = new TreeSet<String>();
        var packages = new TreeSet<String>();
        for (var source : SOURCES) {
            packages.add(source.packageName());
            if (source.name().endsWith("/package-info.java")) {
                var text = String.join("\n", source.lines());
                assertThat(text).as(source.name()).contains("@NullMarked").contains("/**");
                marked.add(source.packageName());
            }
        }

        packages.removeAll(marked);
        assertThat(packages).as("packages without package-info").isEmpty();
    }

    @Test
    void importsNameTheirTypes() {
        Exceptions.hold(filesWith(source -> true, "^import .*\\*;"), WILDCARD_IMPORTS);
    }

    @Test
    void onlyProgramsWriteToTheConsole() {
        var writers =
                filesWith(source -> source.isMain() && !isProgram(source), "System\\.(out|err)\\b|printStackTrace\\(");

        Exceptions.hold(writers, CONSOLE_WRITERS);
    }

    @Test
    void testsWaitForConditionsAndNeverSleep() {
        var sleeps = filesWith(
                source -> !source.isMain() && !isThisFile(source), "Thread\\.sleep|TimeUnit\\.\\w+\\.sleep|parkNanos");

        Exceptions.hold(sleeps, SLEEPERS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"@Disabled", "\\b(TODO|FIXME|XXX)\\b"})
    void nothingIsLeftForLater(String pattern) {
        assertThat(grep(source -> !isThisFile(source), pattern)).isEmpty();
    }

    @Test
    void noCodeIsCommentedOut() {
        assertThat(grep(source -> true, COMMENTED_OUT.pattern())).isEmpty();
    }

    @Test
    void onlyTheLoopsCatchEverything() {
        var found = new TreeMap<String, String>();
        for (var source : SOURCES.stream().filter(Source::isMain).toList()) {
            new CatchScanner(source, found).scan(source.tree(), null);
        }

        Exceptions.hold(found, CATCH_ALL);
    }

    /** A cheap look at the arguments of log lines and exceptions; what they hold at run time is tested elsewhere. */
    @Test
    void logLinesAndExceptionsNameNoSecretAndNoPersonalValue() {
        var found = new TreeMap<String, String>();
        for (var source : SOURCES.stream().filter(Source::isMain).toList()) {
            new DisclosureScanner(source, found).scan(source.tree(), null);
        }

        Exceptions.hold(found, DISCLOSURES);
    }

    @Test
    void migrationsChangeOneThingEach() {
        for (var file : Repository.files(".sql")) {
            if (!Repository.name(file).contains("/db/migration/")) {
                continue; // rows of a test
            }
            var statements = Repository.text(file).replaceAll("(?m)--.*$", "").split(";\\s*(\\n|$)");
            assertThat(statements).as(Repository.name(file)).hasSize(1);
        }
    }

    @Test
    void everyFileEndsWithOneNewLine() {
        for (var source : SOURCES) {
            var text = Repository.text(source.file());
            assertThat(text.endsWith("\n") && !text.endsWith("\n\n"))
                    .as(source.name())
                    .isTrue();
        }
        assertThat(Files.exists(Repository.file("pom.xml"))).isTrue();
    }

    private static List<String> grep(Predicate<Source> where, String pattern) {
        var compiled = Pattern.compile(pattern);
        return SOURCES.stream()
                .filter(where)
                .flatMap(source -> source.grep(compiled).stream())
                .toList();
    }

    /** The command line, and the mains of processes that a person or a test starts. */
    private static boolean isProgram(Source source) {
        return source.packageName().equals("io.switchboard.standalone")
                || source.name().endsWith("Main.java");
    }

    private static Map<String, String> filesWith(Predicate<Source> where, String pattern) {
        var compiled = Pattern.compile(pattern);
        var found = new TreeMap<String, String>();
        SOURCES.stream()
                .filter(where)
                .forEach(source -> source.grep(compiled).forEach(line -> found.put(source.fileName(), line)));
        return found;
    }

    private static boolean isThisFile(Source source) {
        return source.name().endsWith("/HouseRulesTest.java");
    }

    /** Settings and records are as long as what they hold. */
    private static boolean isMadeOfItsParts(ClassTree type, MethodTree method) {
        return type.getSimpleName().toString().endsWith("Settings")
                || (type.getKind() == Tree.Kind.RECORD && method.getName().contentEquals("<init>"));
    }

    private static String nameOf(String owner, MethodTree method) {
        return method.getName().contentEquals("<init>") ? owner : owner + "." + method.getName();
    }

    private interface MethodVisitor {
        void visit(Source source, String owner, MethodTree method);
    }

    private interface TypeVisitor {
        void visit(Source source, ClassTree type);
    }

    private static void everyMethod(MethodVisitor visitor) {
        everyType((source, type) -> type.getMembers().stream()
                .filter(MethodTree.class::isInstance)
                .map(MethodTree.class::cast)
                .forEach(method -> visitor.visit(source, type.getSimpleName().toString(), method)));
    }

    private static void everyType(TypeVisitor visitor) {
        for (var source : SOURCES) {
            new TypeScanner(source, visitor).scan(source.tree(), null);
        }
    }

    /** Visits every type that has a name, nested ones included. */
    private static final class TypeScanner extends TreePathScanner<Void, Void> {
        private final Source source;
        private final TypeVisitor visitor;

        TypeScanner(Source source, TypeVisitor visitor) {
            this.source = source;
            this.visitor = visitor;
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            visitor.visit(source, type);
            return super.visitClass(type, null);
        }
    }

    /** Finds {@code catch} clauses that take every exception and go on, by the method they stand in. */
    private static final class CatchScanner extends TreePathScanner<Void, Void> {
        private static final Pattern EVERYTHING = Pattern.compile("Exception|RuntimeException|Throwable");

        private final Source source;
        private final Map<String, String> found;

        CatchScanner(Source source, Map<String, String> found) {
            this.source = source;
            this.found = found;
        }

        @Override
        public Void visitCatch(CatchTree clause, Void nothing) {
            var type = clause.getParameter().getType().toString();
            if (EVERYTHING.matcher(type).matches() && !throwsOn(clause)) {
                found.put(enclosing(), source.at(clause));
            }
            return super.visitCatch(clause, null);
        }

        /** To clean up and throw again swallows nothing. */
        private static boolean throwsOn(CatchTree clause) {
            var statements = clause.getBlock().getStatements();
            return !statements.isEmpty() && statements.getLast() instanceof ThrowTree;
        }

        private String enclosing() {
            var method = "";
            for (Tree node : getCurrentPath()) {
                if (node instanceof MethodTree tree && method.isEmpty()) {
                    method = tree.getName().toString();
                }
                if (node instanceof ClassTree type && !type.getSimpleName().isEmpty()) {
                    return type.getSimpleName() + (method.isEmpty() ? "" : "." + method);
                }
            }
            return method;
        }
    }
}
