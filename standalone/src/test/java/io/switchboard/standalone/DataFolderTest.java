package io.switchboard.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.switchboard.runtime.StartFailure;
import io.switchboard.standalone.DataFolder.Past;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    Path temporary;

    @Test
    void keepsItsSecretsAcrossRunsAndFromOthers() throws Exception {
        String webhook;
        String admin;
        try (var folder = open(Past.KEEP)) {
            webhook = folder.webhookToken();
            admin = folder.adminToken();
        }
        try (var folder = open(Past.KEEP)) {
            assertThat(folder.webhookToken())
                    .isEqualTo(webhook)
                    .isNotEqualTo(admin)
                    .matches("[\\w-]{32}");
            assertThat(folder.adminToken()).isEqualTo(admin);
        }
        var file = temporary.resolve("data/admin-token");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void refusesASecondRun() {
        try (var first = open(Past.KEEP)) {
            assertThatThrownBy(() -> open(Past.DELETE))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("another Switchboard already runs on " + first.root());
        }
    }

    @Test
    void canBeUsedAgainAfterItWasClosed() {
        open(Past.KEEP).close();
        open(Past.KEEP).close();

        assertThat(temporary.resolve("data")).isDirectory();
    }

    @Test
    void freshDeletesOnlyWhatIsOurs() throws Exception {
        String token;
        try (var folder = open(Past.KEEP)) {
            token = folder.webhookToken();
            Files.createDirectories(folder.kafka().resolve("log"));
            Files.writeString(folder.kafka().resolve("log/00.log"), "records");
            Files.writeString(folder.root().resolve("notes.txt"), "somebody's");
        }
        try (var folder = open(Past.DELETE)) {
            assertThat(folder.kafka()).doesNotExist();
            assertThat(folder.webhookToken()).isNotEqualTo(token);
            assertThat(folder.root().resolve("notes.txt")).hasContent("somebody's");
        }
    }

    @Test
    void freshDoesNotFollowLinks() throws Exception {
        var elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("kept.txt"), "kept");
        try (var folder = open(Past.KEEP)) {
            Files.createSymbolicLink(folder.spool(), elsewhere);
        }
        try (var folder = open(Past.DELETE)) {
            assertThat(folder.spool()).doesNotExist();
            assertThat(elsewhere.resolve("kept.txt")).hasContent("kept");
        }
    }

    @Test
    void refusesAFolderThatIsNotOurs() throws Exception {
        var data = Files.createDirectory(temporary.resolve("data"));
        Files.writeString(data.resolve("photo.jpg"), "");

        assertThatThrownBy(() -> open(Past.KEEP))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("not Switchboard's");
    }

    @Test
    void refusesAFile() throws Exception {
        Files.writeString(temporary.resolve("data"), "");

        assertThatThrownBy(() -> open(Past.KEEP))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("is a file");
    }

    private DataFolder open(Past past) {
        return DataFolder.open(temporary.resolve("data"), past);
    }
}
