package org.jettyphp.peers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The real MariaDB on a port of the loopback interface. */
public final class RealMariaDb {

    public static final String BINARY = "/usr/sbin/mariadbd";

    /** Who may do everything. */
    public static final String USER = "ada";

    /** An empty database. */
    public static final String DATABASE = "application";

    private RealMariaDb() {}

    public static PeerServer start(String password) throws Exception {
        Path directory = Trees.create();
        String user = "--user=" + System.getProperty("user.name");
        Path data = directory.resolve("data");
        Process made = new ProcessBuilder("mariadb-install-db", "--no-defaults", user, "--datadir=" + data, "--skip-test-db")
                .redirectErrorStream(true).redirectOutput(directory.resolve("made").toFile()).start();
        if (made.waitFor() != 0) {
            throw new IllegalStateException(Files.readString(directory.resolve("made")));
        }
        Path sql = Files.writeString(directory.resolve("users.sql"),
                "CREATE DATABASE " + DATABASE + ";\nCREATE USER " + USER + "@'127.0.0.1' IDENTIFIED BY '" + password
                        + "';\nGRANT ALL ON *.* TO " + USER + "@'127.0.0.1';\n");
        int port = Ports.free();
        return PeerServer.start("mariadbd", directory,
                List.of(BINARY, "--no-defaults", user, "--datadir=" + data, "--bind-address=127.0.0.1", "--port=" + port,
                        "--socket=" + directory.resolve("socket"), "--pid-file=" + directory.resolve("pid"), "--init-file=" + sql,
                        "--skip-name-resolve", "--character-set-server=utf8mb4", "--innodb-buffer-pool-size=32M"),
                List.of(port), directory.resolve("error.log"));
    }
}
