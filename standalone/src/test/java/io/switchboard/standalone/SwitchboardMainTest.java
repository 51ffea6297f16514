package io.switchboard.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SwitchboardMainTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream standardError = System.err;

    @TempDir
    Path folder;

    @BeforeEach
    void capture() {
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void release() {
        System.setErr(standardError);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    demo --port-offset ten  | --port-offset | whole number from 0 to 40000
                    demo --port-offset -1   | --port-offset | whole number
                    demo --port-offset      | --port-offset | --help
                    up --port-offset=99999  | --port-offset | whole number from 0 to 40000
                    demo --data             | --data        | DIR
                    demo --prot-offset 1    | --prot-offset | --help
                    gateway --fresh         | --fresh       | unknown option
                    dmeo                    | dmeo          | unknown command
                    rebuild --from tables   | --from        | EVENTS
                    rebuild --api nowhere   | --api         | http://
                    demo now                | now           | --help
                    """)
    void refusesAWrongOptionInOneLine(String arguments, String names, String tells) {
        var status = new SwitchboardMain(Map.of()).execute(arguments.split(" "));

        assertThat(status).isEqualTo(2);
        assertThat(lines()).hasSize(1).first().asString().contains(names, tells);
    }

    @Test
    void refusesAllWrongSettingsAtOnce() {
        var environment = Map.of("GATEWAY_PORT", "http", "API_PORT", "70000");

        var status = new SwitchboardMain(environment).execute("demo", "--data", folder.toString());

        assertThat(status).isEqualTo(2);
        assertThat(lines())
                .hasSize(2)
                .anyMatch(line -> line.contains("GATEWAY_PORT") && line.contains("\"http\""))
                .anyMatch(line -> line.contains("API_PORT") && line.contains("from 0 to 65535"));
    }

    @Test
    void refusesAFolderOfSomebodyElseInOneLine() throws Exception {
        Files.writeString(folder.resolve("thesis.txt"), "years of work");

        var status = new SwitchboardMain(Map.of()).execute("demo", "--fresh", "--data", folder.toString());

        assertThat(status).isEqualTo(1);
        assertThat(lines()).hasSize(1).first().asString().contains(folder.toString(), "--data");
        assertThat(folder.resolve("thesis.txt")).hasContent("years of work");
    }

    @Test
    void refusesToRunWithoutACommand() {
        assertThat(new SwitchboardMain(Map.of()).execute()).isEqualTo(2);
        assertThat(lines()).hasSize(1).first().asString().contains("demo");
    }

    private List<String> lines() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
