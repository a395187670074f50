package org.jettyphp.acceptance;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.jettyphp.peers.PeerServer;
import org.jettyphp.peers.RealMariaDb;
import org.jettyphp.peers.Trees;
import org.jspecify.annotations.Nullable;

/** A directory in which an application is set up, and its database. */
final class Workplace implements AutoCloseable {

    private static final int WIDE = 320;
    private static final int HIGH = 200;

    private final Path directory;
    private @Nullable PeerServer database;

    Workplace() throws Exception {
        directory = Trees.create();
    }

    Path directory() {
        return directory;
    }

    /** Skips the test where a package is missing. */
    Workplace needs(String debianPackage, String glob) throws Exception {
        assumeTrue(new ProcessBuilder("sh", "-c", "ls -d " + glob).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start().waitFor() == 0, debianPackage + " is not installed: apt-get install --no-install-recommends " + debianPackage);
        return this;
    }

    /** Debian's packages are full of links; an application that is installed by hand has none. */
    Path copy(String packaged) throws Exception {
        Path copied = directory.resolve(Path.of(packaged).getFileName());
        // One of MediaWiki's leads to where it is not yet installed, which cp does not take well.
        run("sh", "-c", "cp -rL " + packaged + " " + copied + " 2>/dev/null; test -f " + copied + "/index.php");
        return copied;
    }

    static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0, () -> String.join(" ", command) + ": " + said);
    }

    /** PHP's workers are another user where we are root. */
    void giveToWorkers() throws Exception {
        if (System.getProperty("user.name").equals("root")) {
            run("chown", "-R", "www-data:", directory.toString());
        }
    }

    /** Of the user {@link RealMariaDb#USER}. */
    PeerServer database() throws Exception {
        needs("mariadb-server", RealMariaDb.BINARY).needs("php-mysql", "/etc/php/*/fpm/conf.d/*-mysqli.ini");
        database = RealMariaDb.start(DebianApplication.PASSWORD);
        return database;
    }

    Path picture() throws Exception {
        BufferedImage image = new BufferedImage(WIDE, HIGH, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < WIDE; x++) {
            for (int y = 0; y < HIGH; y++) {
                image.setRGB(x, y, Color.HSBtoRGB((float) x / WIDE, 1, (float) y / HIGH));
            }
        }
        Path file = directory.resolve("Größe 100% & + picture.png");
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    @Override
    public void close() throws Exception {
        if (database != null) {
            database.close();
        }
        Trees.delete(directory);
    }
}
