package io.switchboard.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The direction of modules and packages.
 *
 * <pre>
 *   standalone ─▶ gateway, poller, projector, simulator ─▶ common: http, kafka, runtime ─▶ mightycall, sync ─▶ call, resource ─▶ event
 * </pre>
 */
class ArchitectureTest {
    private static final List<String> MODULES = List.of("gateway", "poller", "projector", "simulator", "standalone");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.switchboard");

    /** Knowledge without effects: logic that a test calls with values and that gives values back. */
    private static final String[] PURE = {
        "io.switchboard.call..",
        "io.switchboard.event..",
        "io.switchboard.mightycall..",
        "io.switchboard.poller.plan..",
        "io.switchboard.poller.reconcile..",
        "io.switchboard.projector.report..",
        "io.switchboard.projector.api.view..",
        "io.switchboard.resource..",
        "io.switchboard.sync.."
    };

    /** All that pure packages may stand on. */
    private static final String[] PURE_GROUND = {
        "io.switchboard.call..",
        "io.switchboard.event..",
        "io.switchboard.mightycall..",
        "io.switchboard.resource..",
        "io.switchboard.poller.plan..",
        "io.switchboard.poller.reconcile..",
        "io.switchboard.projector.report..",
        "io.switchboard.projector.api.view..",
        "io.switchboard.sync..",
        "java.lang",
        "java.lang.annotation",
        "java.lang.invoke",
        "java.lang.runtime",
        "java.io",
        "java.math",
        "java.nio",
        "java.nio.charset",
        "java.security",
        "java.text",
        "java.time..",
        "java.util",
        "java.util.function",
        "java.util.regex",
        "java.util.stream",
        "com.fasterxml.jackson..",
        "org.jspecify.annotations"
    };

    /** Values in packages that reach outside. */
    private static final Set<String> PURE_TYPES = Set.of(
            "io.switchboard.projector.api.access.Masking",
            "io.switchboard.projector.api.query.Timestamps",
            "io.switchboard.projector.api.query.CallsLink",
            "java.net.URI",
            "java.net.URISyntaxException");

    /** Types of those packages that reach outside all the same. */
    private static final Set<String> IMPURE_TYPES = Set.of(
            "java.io.Console",
            "java.io.File",
            "java.io.FileInputStream",
            "java.io.FileOutputStream",
            "java.io.FileReader",
            "java.io.FileWriter",
            "java.io.RandomAccessFile",
            "java.lang.Process",
            "java.lang.ProcessBuilder",
            "java.lang.Runtime",
            "java.lang.Thread",
            "java.security.SecureRandom",
            "java.time.Clock",
            "java.util.Random",
            "java.util.SplittableRandom",
            "java.util.Timer");

    /** Calls that read a clock, a random source or the environment. */
    private static final Map<String, Pattern> IMPURE_CALLS = Map.of(
            "java.lang.Math", Pattern.compile("random"),
            "java.lang.System", Pattern.compile("nanoTime|currentTimeMillis|getenv|getProperty|getProperties|exit"),
            "java.time.Instant", Pattern.compile("now"),
            "java.time.LocalDate", Pattern.compile("now"),
            "java.time.LocalDateTime", Pattern.compile("now"),
            "java.time.OffsetDateTime", Pattern.compile("now"),
            "java.time.Year", Pattern.compile("now"),
            "java.time.ZoneId", Pattern.compile("systemDefault"),
            "java.time.ZonedDateTime", Pattern.compile("now"),
            "java.util.UUID", Pattern.compile("randomUUID"));

    @Test
    void everyModuleIsLookedAt() {
        Stream.concat(
                        MODULES.stream(),
                        Stream.of("call", "event", "mightycall", "resource", "sync", "kafka", "http", "runtime"))
                .forEach(name -> assertThat(CLASSES.stream())
                        .as(name)
                        .anyMatch(type -> type.getPackageName().startsWith("io.switchboard." + name)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "poller", "projector", "simulator"})
    void aServiceImportsCommonAndNoOtherService(String service) {
        var others = MODULES.stream()
                .filter(module -> !module.equals(service))
                .map(module -> "io.switchboard." + module + "..")
                .toArray(String[]::new);

        noClasses()
                .that()
                .resideInAPackage("io.switchboard." + service + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .because("services meet only in the log")
                .allowEmptyShould(true) // everyModuleIsLookedAt knows better
                .check(CLASSES);
    }

    @Test
    void commonImportsNoModule() {
        var modules = MODULES.stream()
                .map(module -> "io.switchboard." + module + "..")
                .toArray(String[]::new);

        noClasses()
                .that()
                .resideOutsideOfPackages(modules)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(modules)
                .check(CLASSES);
    }

    @Test
    void purePackagesStandOnPureGround() {
        classes()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(PURE_GROUND).and(notIn(IMPURE_TYPES)).or(in(PURE_TYPES)))
                .because("they do no I/O, log nothing, and run again over the log with the same result")
                .check(CLASSES);
    }

    @Test
    void purePackagesReadNoClockRandomOrEnvironment() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .callMethodWhere(impure())
                .because("time and chance are arguments")
                .check(CLASSES);
    }

    @Test
    void theVocabularyKnowsNoTechnology() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.switchboard.call..",
                        "io.switchboard.event..",
                        "io.switchboard.mightycall..",
                        "io.switchboard.resource..",
                        "io.switchboard.sync..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.switchboard.kafka..", "io.switchboard.http..", "io.switchboard.runtime..")
                .check(CLASSES);
    }

    @Test
    void eventsKnowNothingOfCallsAndCallsNothingOfTheProvider() {
        noClasses()
                .that()
                .resideInAPackage("io.switchboard.event..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.switchboard.call..", "io.switchboard.mightycall..", "io.switchboard.resource..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage("io.switchboard.call..", "io.switchboard.resource..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.switchboard.mightycall..")
                .check(CLASSES);
    }

    @Test
    void conceptsDoNotDependOnEachOtherInACircle() {
        slices().matching("io.switchboard.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> in(Set<String> names) {
        return DescribedPredicate.describe("that are values", type -> names.contains(type.getName()));
    }

    private static DescribedPredicate<JavaClass> notIn(Set<String> names) {
        return DescribedPredicate.describe("that have no effects", type -> !names.contains(type.getName()));
    }

    private static DescribedPredicate<JavaCall<?>> impure() {
        return DescribedPredicate.describe("that read a clock, a random source or the environment", call -> {
            var names = IMPURE_CALLS.get(call.getTargetOwner().getName());
            return names != null && names.matcher(call.getName()).matches();
        });
    }
}
