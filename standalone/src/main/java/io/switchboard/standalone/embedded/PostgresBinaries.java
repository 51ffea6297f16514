package io.switchboard.standalone.embedded;

import io.switchboard.runtime.StartFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Properties;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked once per version from the jar of this platform. */
final class PostgresBinaries {

    private static final int OWNER_EXECUTES = 0100;

    private PostgresBinaries() {}

    /** The folder that holds `bin`, `lib` and `share`; a name under the cache that carries version and platform. */
    static Path unpackInto(Path cache) throws IOException {
        var home = cache.resolve("postgresql-" + version() + "-" + platform());
        if (Files.isDirectory(home)) {
            return home;
        }
        var draft = Files.createDirectories(cache)
                .resolve(home.getFileName() + ".new-" + ProcessHandle.current().pid());
        FileTree.delete(draft);
        try (var archive = openArchive()) {
            unpack(archive, draft);
        }
        publish(draft, home);
        return home;
    }

    static String version() {
        var versions = new Properties();
        try (var in = PostgresBinaries.class.getResourceAsStream("/io/switchboard/standalone/versions.properties")) {
            versions.load(in);
        } catch (IOException e) {
            throw new StartFailure("cannot read versions.properties from the class path", e);
        }
        return versions.getProperty("postgres", "unknown");
    }

    private static String platform() {
        var os = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        var arch = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        return os + "-" + arch;
    }

    private static InputStream openArchive() {
        var archive = PostgresBinaries.class.getResourceAsStream("/postgres-" + platform() + ".txz");
        if (archive == null) {
            throw new StartFailure("this build holds no PostgreSQL for " + platform()
                    + ": rebuild it on this machine with `mvn clean package`, or use an external PostgreSQL");
        }
        return archive;
    }

    private static void unpack(InputStream archive, Path target) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive)))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, target.resolve(entry.getName()).normalize(), target);
            }
        }
        makeEnterable(target);
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path path, Path target)
            throws IOException {
        if (!path.startsWith(target)) {
            throw new IOException("archive entry outside its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(path);
        } else if (entry.isSymbolicLink()) {
            Files.createDirectories(path.getParent());
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
            Files.createDirectories(path.getParent());
            Files.copy(tar, path);
            var program = (entry.getMode() & OWNER_EXECUTES) != 0;
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    /** Whatever the umask: the user that PostgreSQL runs as need not be the one that unpacks. */
    private static void makeEnterable(Path target) throws IOException {
        try (var paths = Files.walk(target)) {
            for (var folder : (Iterable<Path>) paths.filter(Files::isDirectory)::iterator) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    /** Two processes may unpack at once; the first to finish wins and the other uses its result. */
    private static void publish(Path draft, Path home) throws IOException {
        try {
            Files.move(draft, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            FileTree.delete(draft);
            if (!Files.isDirectory(home)) {
                throw e;
            }
        }
    }
}
