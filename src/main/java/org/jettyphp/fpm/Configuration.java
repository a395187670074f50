package org.jettyphp.fpm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that php-fpm reads, at its start and whenever it is told to, and what it is made of. What php-fpm could not start with, and what finds
 * no room, leaves the file as it is. For one thread at a time.
 */
final class Configuration {

    private static final Logger LOG = LoggerFactory.getLogger(PhpFpm.class);

    private final Path documentRoot;
    private final FpmDirectories directories;
    private final Path binary;
    private final PoolFile pool;
    private final Path file;
    private final FurtherPools further;
    private volatile ApplicationIni application;
    private volatile Map<String, String> ini;
    private int generation;
    private boolean owed;
    private String complaint = "";

    /** Nothing is written yet. */
    Configuration(Path binary, Path documentRoot, FpmDirectories directories, PoolFile pool, FurtherPools further) {
        this.documentRoot = documentRoot;
        this.directories = directories;
        this.binary = binary;
        this.pool = pool;
        this.further = further;
        this.file = directories.run().resolve("pool.conf");
        this.ini = pool.request().ini();
        this.application = new ApplicationIni(pool.request().application(), Set.of());
    }

    /** The first one, without what the application asks for; the command that php-fpm is started with. */
    List<String> write() throws PhpFpmException {
        try {
            Files.writeString(file, pool.text(ini, Map.of(), List.of(), generation));
            return FpmProcess.command(directories.run(), program(file));
        } catch (IOException refused) {
            throw FpmDirectories.unusable(directories.run(), refused);
        }
    }

    /** What cleaners of the directory for temporary files have taken meanwhile: nobody reads it while php-fpm runs. */
    void restore() throws IOException {
        directories.restoreRun();
        FpmProcess.supervisor(directories.run());
        if (Files.notExists(file)) {
            Files.writeString(file, pool.text(ini, application.values(), further.all(), generation));
        }
    }

    private List<String> program(Path configuration) {
        List<String> program = new ArrayList<>(List.of(binary.toString(), "-y", configuration.toString()));
        if (directories.user().isRoot()) {
            program.add("-R");
        }
        return List.copyOf(program);
    }

    /** With what a ping is answered by a php-fpm that has read it as it is now. */
    int generation() {
        return generation;
    }

    /** From the next change on these count. */
    void use(Map<String, String> values) {
        ini = Map.copyOf(values);
    }

    /** Whether the application, of which PHP has said by now what it may set, asks for anything. */
    boolean obeys(Set<String> settable) {
        application = new ApplicationIni(pool.request().application(), settable);
        return application.begin(ini.keySet());
    }

    /** Whether the application asks for something else than before. */
    boolean applicationHasChanged() {
        return application.look(ini.keySet());
    }

    /** What counts of the values that are asked for some scripts only. Any thread. */
    Map<String, String> counting(List<IniValue> asked) {
        return application.counting(asked, ini.keySet());
    }

    /** Whether all scripts have them. Any thread. */
    boolean givesAll(Map<String, String> values) {
        return application.values().entrySet().containsAll(values.entrySet());
    }

    /** Whether a change is still to be made, for which there was no room. */
    boolean isOwed() {
        return owed;
    }

    /** Writes it anew; false if it stays as it is, and then the log says why. */
    boolean renew() {
        try {
            Optional<String> fault = replace(pool.text(ini, application.values(), further.all(), generation + 1));
            complain(fault.orElse(""));
            generation += fault.isEmpty() ? 1 : 0;
            owed = false;
            return fault.isEmpty();
        } catch (IOException full) {
            if (!owed) {
                LOG.warn("php-fpm for {} keeps the configuration it has until there is room for the new one: {}", documentRoot,
                        FpmDirectories.unusable(directories.run(), full).getMessage());
            }
            owed = true;
            return false;
        }
    }

    /** Once for each reason. */
    private void complain(String fault) {
        if (!fault.isEmpty() && !fault.equals(complaint)) {
            LOG.warn("php-fpm for {} keeps the configuration it has; what it says of the new one: {}", documentRoot, fault);
        }
        complaint = fault;
    }

    private Optional<String> replace(String text) throws IOException {
        Path fresh = file.resolveSibling("pool.conf.new");
        try {
            Files.writeString(fresh, text);
            Optional<String> fault = ConfigurationCheck.fault(program(fresh));
            if (fault.isEmpty()) {
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return fault;
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
